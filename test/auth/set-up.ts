import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { expect } from 'vitest';
import { configSchema } from '../../src/config/schema.ts';
import { HarmoniError } from '../../src/errors.ts';
import { createHttp } from '../../src/system/http.ts';
import { createLog } from '../../src/system/log.ts';
import type { SignInAnswer, SignInDeps, SignInEvent } from '../../src/auth/sign-in-method.ts';
import { describeSignInEvent } from '../../src/auth/sign-in-texts.ts';
import { createTestClock, type TestClock } from '../helpers/clock.ts';

/** A person whose answers the test decides, one by one, as they are asked for. */
function createPerson(...planned: SignInAnswer[]) {
  const events: SignInEvent[] = [];
  const watchers: (() => void)[] = [];
  let asked = 0;
  let withdrawn = 0;
  return {
    events,
    asked: () => asked,
    /** Questions that were taken off the screen because the answer came another way. */
    withdrawn: () => withdrawn,
    plan: (...answers: SignInAnswer[]) => void planned.push(...answers),
    screen: {
      show(event: SignInEvent) {
        events.push(event);
        for (const look of watchers) look();
      },
      answer(signal: AbortSignal): Promise<SignInAnswer> {
        asked += 1;
        const next = planned.shift();
        if (next !== undefined) return Promise.resolve(next);
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => {
            withdrawn += 1;
            reject(new Error('withdrawn'));
          });
        });
      },
    },
    /** The first event of that type, as soon as it is shown. */
    sees<T extends SignInEvent['type']>(type: T): Promise<Extract<SignInEvent, { type: T }>> {
      return new Promise((resolve) => {
        const look = (): void => {
          const found = events.find(
            (event): event is Extract<SignInEvent, { type: T }> => event.type === type,
          );
          if (found !== undefined) resolve(found);
        };
        watchers.push(look);
        look();
      });
    },
  };
}

/** So long a sign-in waits for its answer: such a sleep ends when the test ends it, or with the sign-in. */
const signInWaitMs = 5 * 60_000;

/** A temporary folder, the parts of a sign-in around it, and a search for secrets in all that they wrote. */
export function setUp(config: Readonly<Record<string, unknown>> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-auth-'));
  const person = createPerson();
  let endWait: (() => void) | undefined;
  const time: TestClock = createTestClock({
    onSleep(ms, signal) {
      if (ms < signInWaitMs) {
        time.pass(ms);
        return;
      }
      return new Promise<void>((resolve, reject) => {
        endWait = resolve;
        signal?.addEventListener('abort', () => reject(new Error('woken')));
      });
    },
  });
  const http = createHttp();
  const logPath = join(folder, 'app.log');
  const secrets = new Set<string>();
  const errors: unknown[] = [];
  const opened: string[] = [];
  const deps: SignInDeps = {
    http,
    clock: time,
    log: createLog(logPath, 'debug', () => time.now()),
    config: configSchema.parse({
      spotify_client_id: 'a'.repeat(32),
      spotify_redirect_uri: 'http://127.0.0.1/callback',
      ...config,
    }),
    screen: person.screen,
    inContainer: () => false,
    openBrowser: async (url) => {
      opened.push(url);
      return true;
    },
    randomBytes(size) {
      const bytes = randomBytes(size);
      if (size > 8) secrets.add(bytes.toString('base64url'));
      return bytes;
    },
  };
  return {
    folder,
    person,
    time,
    /** The five minutes of the sign-in are over. */
    endWait: () => endWait?.(),
    deps,
    opened,
    errors,
    tokenPath: join(folder, 'data', 'spotify_tokens.json'),
    secret: (...texts: string[]) => {
      for (const text of texts) secrets.add(text);
    },
    logText: () => (existsSync(logPath) ? readFileSync(logPath, 'utf8') : ''),
    /** The error code that the promise fails with; the error is kept for the search for secrets. */
    async codeOf(promise: Promise<unknown>): Promise<string> {
      try {
        await promise;
      } catch (error) {
        errors.push(error);
        return error instanceof HarmoniError ? error.code : `not ours: ${String(error)}`;
      }
      return 'no error';
    },
    /** Ends everything, and searches log, screen and errors for every secret that occurred. */
    async end(): Promise<void> {
      await http.close();
      const shown = person.events.flatMap((event) => {
        // The authorise URL is for the person's eyes and must hold the state.
        if (event.type === 'authorise') return [];
        return describeSignInEvent(event).map((line) => line.text);
      });
      const texts = [this.logText(), ...shown, inspect(errors, { depth: 12 })].join('\n');
      const tokens = texts.match(/(?:ACCESS|REFRESH|CODE)-\S*SECRET/g) ?? [];
      rmSync(folder, { recursive: true, force: true });
      expect([...tokens, ...[...secrets].filter((secret) => texts.includes(secret))]).toEqual([]);
    },
  };
}

export type SetUp = ReturnType<typeof setUp>;
