import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { HarmoniError, toHarmoniError } from '../../src/errors.ts';
import { logFault } from '../../src/system/log-fault.ts';
import { tempFolder } from '../helpers/temp-folder.ts';

test('a fault of HARMONI is in the log with its stack, as its remedy says; a failure is not', () => {
  const data = tempFolder();
  const log = join(data, 'logs', 'app.log');
  const env = { HARMONI_DATA_DIR: data };
  logFault(new HarmoniError('usage', 'Not a fault.'), env);
  expect(existsSync(log)).toBe(false);
  const fault = toHarmoniError(new TypeError('it is undefined'));
  expect(fault.fix).toContain('data/logs/app.log');
  logFault(fault, env);
  expect(JSON.parse(readFileSync(log, 'utf8'))).toMatchObject({
    level: 'error',
    message: 'it is undefined',
    stack: expect.stringContaining('log-fault.test.ts') as string,
  });
});
