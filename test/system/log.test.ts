import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createLog } from '../../src/system/log.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

const now = () => Date.UTC(2026, 10, 21);

test('a line is JSON with the time, the level and the facts', () => {
  const path = join(tempFolder(), 'logs', 'app.log');
  createLog(path, 'info', now).write('warn', 'It failed.', { code: 'disk-full', attempt: 2 });
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    time: '2026-11-21T00:00:00.000Z',
    level: 'warn',
    message: 'It failed.',
    code: 'disk-full',
    attempt: 2,
  });
});

test('no secret reaches the disk, neither in the message nor in the facts', () => {
  const path = join(tempFolder(), 'app.log');
  const secret = 'AQDsecret123';
  createLog(path, 'debug', now).write('error', `GET /callback?code=${secret}`, {
    headers: { authorization: `Bearer ${secret}` },
    body: JSON.stringify({ refresh_token: secret }),
  });
  expect(readFileSync(path, 'utf8')).not.toContain(secret);
});

test('a message of several lines with escapes stays one line', () => {
  const path = join(tempFolder(), 'app.log');
  createLog(path, 'debug', now).write('info', 'one\ntwo\u001b[31m');
  expect(readFileSync(path, 'utf8').trimEnd()).not.toMatch(/[\n\u001b]/);
});

test('what is less than the level is left out', () => {
  const path = join(tempFolder(), 'app.log');
  const log = createLog(path, 'warn', now);
  log.write('info', 'no');
  log.write('error', 'yes');
  expect(readFileSync(path, 'utf8').split('\n')).toHaveLength(2);
});

test('only the owner can read it', () => {
  const path = join(tempFolder(), 'app.log');
  createLog(path, 'debug', now).write('info', 'x');
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('it is rotated at 2 MiB and three old ones are kept', () => {
  const folder = tempFolder();
  const path = join(folder, 'app.log');
  const log = createLog(path, 'debug', now);
  for (let round = 0; round < 5; round += 1) {
    writeFileSync(path, `${round}`.padEnd(2 * 2 ** 20, '.'));
    log.write('info', 'next');
  }
  expect(readdirSync(folder).toSorted()).toEqual(['app.log', 'app.log.1', 'app.log.2', 'app.log.3']);
  expect(readFileSync(`${path}.1`, 'utf8')[0]).toBe('4');
  expect(readFileSync(`${path}.3`, 'utf8')[0]).toBe('2');
});

test("a log that can't be written is no failure", () => {
  const path = join(tempFolder(), 'app.log');
  mkdirSync(path);
  expect(() => createLog(path, 'debug', now).write('info', 'x')).not.toThrow();
});

test('facts that are no JSON are no failure', () => {
  const ring: Record<string, unknown> = {};
  ring['self'] = ring;
  const log = createLog(join(tempFolder(), 'app.log'), 'debug', now);
  expect(() => log.write('info', 'x', { ring, big: 1n })).not.toThrow();
});

test('a FIFO in its place, which nobody reads, is not waited for', () => {
  const path = join(tempFolder(), 'app.log');
  execFileSync('mkfifo', [path]);
  createLog(path, 'info', now).write('info', 'x');
  expect(statSync(path).isFIFO()).toBe(true);
});
