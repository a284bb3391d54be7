import { expect, test } from 'vitest';
import { systemClock } from '../../src/system/clock.ts';

test('a sleep ends when its signal is aborted, with the reason', async () => {
  const controller = new AbortController();
  const reason = new Error('enough');
  const sleep = systemClock.sleep(3_600_000, controller.signal);
  controller.abort(reason);
  await expect(sleep).rejects.toBe(reason);
});

test('a sleep with a signal that was aborted before does not begin', async () => {
  await expect(systemClock.sleep(3_600_000, AbortSignal.abort(new Error('before')))).rejects.toThrow(
    'before',
  );
});

test('a reason that is no error becomes one', async () => {
  await expect(systemClock.sleep(1, AbortSignal.abort('text'))).rejects.toThrow(Error);
});

test('a sleep of no time ends', async () => {
  await expect(systemClock.sleep(0)).resolves.toBeUndefined();
});
