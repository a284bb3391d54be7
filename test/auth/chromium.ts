import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { sayLeftOut } from '../helpers/left-out.ts';

const path = '/usr/bin/chromium';
export const hasChromium = existsSync(path);
if (!hasChromium) sayLeftOut('the tests in a real browser', `there is no ${path}`);

const messageSchema = z.object({
  id: z.number().optional(),
  method: z.string().optional(),
  params: z.unknown().optional(),
  result: z.unknown().optional(),
  error: z.object({ message: z.string() }).optional(),
});

/** A tab of a real, headless browser, driven by the DevTools protocol. */
export interface Tab {
  send(method: string, params?: object): Promise<unknown>;
  /** Opens the address and resolves when the page is loaded. */
  open(url: string): Promise<void>;
  /** Clicks on the element of that id, which leads to another page, and resolves when that is loaded. */
  click(id: string): Promise<void>;
  /** The value of a JavaScript expression on the page. */
  value(expression: string): Promise<unknown>;
  /** The names and contents of all events so far. */
  readonly events: readonly { method: string; params: unknown }[];
  close(): Promise<void>;
}

export async function openTab(): Promise<Tab> {
  const profile = mkdtempSync(join(tmpdir(), 'harmoni-chromium-'));
  const browser = spawn(
    path,
    [
      ...['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run'],
      ...[
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-proxy-server',
      ],
      ...[`--user-data-dir=${profile}`, '--remote-debugging-port=0', 'about:blank'],
    ],
    { stdio: ['ignore', 'ignore', 'pipe'], detached: true },
  );
  const socket = await connectTo(await pageSocketOf(await debuggerOf(browser.stderr)));
  const events: { method: string; params: unknown }[] = [];
  const watchers = new Set<() => void>();
  const open = new Map<number, PromiseWithResolvers<unknown>>();
  socket.addEventListener('message', ({ data }) => {
    const message = messageSchema.parse(JSON.parse(String(data)));
    if (message.method !== undefined) {
      events.push({ method: message.method, params: message.params });
      for (const look of watchers) look();
    }
    const waiting = open.get(message.id ?? 0);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(new Error(message.error.message));
  });

  let count = 0;
  const send = (method: string, params: object = {}): Promise<unknown> => {
    count += 1;
    const answer = Promise.withResolvers<unknown>();
    open.set(count, answer);
    socket.send(JSON.stringify({ id: count, method, params }));
    return answer.promise;
  };
  for (const domain of ['Page', 'Network', 'Log', 'Runtime']) await send(`${domain}.enable`);

  async function loadAfter(work: () => Promise<unknown>): Promise<void> {
    const from = events.length;
    const loaded = new Promise<void>((resolve) => {
      watchers.add(() => {
        if (events.slice(from).some(({ method }) => method === 'Page.loadEventFired')) resolve();
      });
    });
    await work();
    await loaded;
  }

  return {
    send,
    events,
    open: (url) => loadAfter(() => send('Page.navigate', { url })),
    async click(id) {
      const expression = `document.getElementById(${JSON.stringify(id)}).click()`;
      await loadAfter(() => send('Runtime.evaluate', { expression }));
    },
    async value(expression) {
      const answer = await send('Runtime.evaluate', { expression, returnByValue: true });
      return z.object({ result: z.object({ value: z.unknown() }) }).parse(answer).result.value;
    },
    async close() {
      socket.close();
      const closed = once(browser, 'close');
      // The whole group that this test started: the browser has many processes.
      if (browser.pid !== undefined) process.kill(-browser.pid, 'SIGKILL');
      await closed;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function debuggerOf(stderr: NodeJS.ReadableStream): Promise<URL> {
  for await (const line of createInterface({ input: stderr })) {
    const found = /DevTools listening on (ws:\S+)/.exec(line)?.[1];
    if (found !== undefined) {
      stderr.resume();
      return new URL(found);
    }
  }
  throw new Error('The browser ended before it could be used.');
}

async function pageSocketOf(browser: URL): Promise<string> {
  const targets = z.array(z.object({ type: z.string(), webSocketDebuggerUrl: z.string() }));
  const list = targets.parse(await (await fetch(`http://${browser.host}/json/list`)).json());
  const page = list.find(({ type }) => type === 'page');
  if (page === undefined) throw new Error('The browser has no tab.');
  return page.webSocketDebuggerUrl;
}

async function connectTo(url: string): Promise<WebSocket> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  return socket;
}
