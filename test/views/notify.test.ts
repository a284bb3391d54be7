import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { configSchema, type Config } from '../../src/config/schema.ts';
import { createHttp } from '../../src/system/http.ts';
import { notify, notifyEnd, type News, type NotifyParts } from '../../src/views/notify.ts';
import { startServer } from '../helpers/http-server.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const text = 'Downloaded 300 songs in 62 min; $(touch x) -h';
const news: News = { event: 'download', text, summary: { done: 300 } };

function partsWith(config: Partial<Config>, env: NotifyParts['env'] = {}) {
  const alerts: string[] = [];
  const lines: string[] = [];
  const logged: string[] = [];
  const http = createHttp();
  onTestFinished(() => http.close());
  const parts: NotifyParts = {
    config: configSchema.parse(config),
    env,
    http,
    log: { write: (_level, message) => void logged.push(message) },
    progress: { alert: (alert) => void alerts.push(alert), print: (line) => void lines.push(line) },
  };
  return { parts, alerts, lines, logged };
}

/** What is told where `notify-send` is this script; without one there is none. */
async function told(
  script: string | undefined,
  given: { notify?: 'none' | 'desktop'; seconds?: number; display?: string },
) {
  const bin = join(tempFolder(), 'bin');
  mkdirSync(bin);
  const said = join(bin, 'said');
  if (script !== undefined)
    writeFileSync(join(bin, 'notify-send'), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  const way = given.notify ?? 'desktop';
  const { parts, alerts } = partsWith({ notify: way }, { PATH: bin, DISPLAY: given.display ?? ':0' });
  await notifyEnd(parts, news, given.seconds ?? 301);
  return { alerts, said: existsSync(said) ? readFileSync(said, 'utf8').trimEnd().split('\n') : [] };
}
const works = 'printf "%s\\n" "$@" > "$(dirname "$0")/said"';

test("tells it by the desktop's own program, as one argument", async () => {
  expect(await told(works, {})).toEqual({ alerts: [], said: ['HARMONI', text] });
});

test.each([
  ['there is no such program', undefined, {}],
  ['it fails', 'exit 1', {}],
  ['there is no desktop', works, { display: '' }],
] as const)('leaves it to the terminal where %s', async (_what, script, given) => {
  expect(await told(script, given)).toEqual({ alerts: [text], said: [] });
});

test.each([
  ['nobody asked for it', { notify: 'none' }],
  ['the run was short', { seconds: 299 }],
] as const)('says nothing where %s', async (_what, given) => {
  expect(await told(works, given)).toEqual({ alerts: [], said: [] });
});

test.each([
  ['', 'notify_command is empty.'],
  ['/no/such/program', "/no/such/program can't be started (ENOENT)."],
  [['/bin/sh', '-c', 'echo "not today" >&2; exit 3'], '/bin/sh ended with exit code 3. It said: not today'],
] as const)('a command that fails is one line: %s', async (command, line) => {
  const given = typeof command === 'string' ? command : [...command];
  const { parts, lines, logged } = partsWith({ notify: 'command', notify_command: given });
  await notify(parts, news);
  expect(lines).toEqual([`The notification failed: ${line}`]);
  expect(logged).toEqual(lines);
});

test('a command gets the JSON on stdin, and its arguments pass through no shell', async () => {
  const folder = tempFolder();
  const script = join(folder, 'tell me');
  writeFileSync(script, '#!/bin/sh\ncat > "$1"\nprintf %s "$2" >> "$1"\n', { mode: 0o755 });
  const said = join(folder, 'said');
  const { parts, lines } = partsWith({
    notify: 'command',
    notify_command: `"${script}" ${said} '$(id); *'`,
  });
  await notify(parts, news);
  expect(lines).toEqual([]);
  expect(readFileSync(said, 'utf8')).toBe(`${JSON.stringify(news)}\n$(id); *`);
});

test('a webhook gets the JSON as a POST', async () => {
  const got: unknown[] = [];
  const url = await startServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => {
      got.push([request.method, request.url, request.headers['content-type'], body]);
      response.writeHead(204).end();
    });
  });
  const { parts, lines } = partsWith({ notify: 'webhook', notify_webhook: `${url}/secret` });
  await notify(parts, news);
  expect(lines).toEqual([]);
  expect(got).toEqual([['POST', '/secret', 'application/json', JSON.stringify(news)]]);
});

test.each([
  ['bob:two%20words@', 'bob:two words'],
  ['bob:50%@', 'bob:50%'],
  ['', undefined],
])('the user and password in the address of a webhook go to its server: "%s"', async (login, sent) => {
  const got: unknown[] = [];
  const url = await startServer((request, response) => {
    got.push(request.headers.authorization);
    response.writeHead(204).end();
  });
  const address = url.replace('://', () => `://${login}`);
  await notify(partsWith({ notify: 'webhook', notify_webhook: address }).parts, news);
  expect(got).toEqual([sent && `Basic ${Buffer.from(sent).toString('base64')}`]);
});

test.each([
  ['answered with HTTP 404.', false],
  ["can't be reached, or doesn't answer.", true],
])('a webhook that fails is one line, which names the host and not the address: it %s', async (how, torn) => {
  const url = await startServer((request, response) => {
    if (torn) request.socket.destroy();
    else response.writeHead(404).end();
  });
  const { parts, lines, logged } = partsWith({ notify: 'webhook', notify_webhook: `${url}/secret` });
  await notify(parts, news);
  expect(lines).toEqual([`The notification failed: ${new URL(url).host} ${how}`]);
  expect(logged).toEqual(lines);
});

test('a webhook on another machine must be https, and is not shown', async () => {
  const { parseTyped } = await import('../../src/config/parse-value.ts');
  expect(parseTyped('notify_webhook', 'http://example.org/secret')).toEqual({
    ok: false,
    message:
      'notify_webhook is not usable, but it must start with https://, or http:// and a loopback address.',
  });
  expect(parseTyped('notify_webhook', 'https://example.org/secret')).toMatchObject({ ok: true });
});
