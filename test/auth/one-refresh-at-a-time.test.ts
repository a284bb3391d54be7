import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setUpSession, type SessionSetUp } from './session-set-up.ts';
import { grant, type TokenReply } from './token-service.ts';

let own: SessionSetUp;
beforeEach(async () => {
  own = await setUpSession();
});
afterEach(() => own.end());

describe('one refresh at a time', () => {
  test('in the process', async () => {
    await own.store.save(own.token());
    const session = own.openSession();
    const tokens = await Promise.all(Array.from({ length: 10 }, () => session.getAccessToken()));
    expect(new Set(tokens)).toEqual(new Set(['ACCESS-1-SECRET']));
    expect(own.service.calls).toHaveLength(1);
  });

  test('one caller leaves, the other still gets the token', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    own.replies.push(reply.promise);
    await own.store.save(own.token());
    const session = own.openSession();
    const cancel = new AbortController();
    const leaving = session.getAccessToken({ signal: cancel.signal });
    const staying = session.getAccessToken();
    await own.asked.promise;
    cancel.abort(new Error('left'));
    await expect(leaving).rejects.toThrow('left');
    reply.resolve({ body: grant(1) });
    expect(await staying).toBe('ACCESS-1-SECRET');
  });

  test('all callers leave, and the answer on its way is saved all the same', async () => {
    const reply = Promise.withResolvers<TokenReply>();
    own.replies.push(reply.promise);
    await own.store.save(own.token());
    const session = own.openSession({ clock: own.patientClock });
    const cancel = new AbortController();
    const leaving = expect(session.getAccessToken({ signal: cancel.signal })).rejects.toThrow('left');
    await own.asked.promise;
    cancel.abort(new Error('left'));
    await leaving;
    reply.resolve({ body: grant(5) });
    // Waits for the lock, and so for the end of the refresh.
    await session.getAccessToken({ forceRefresh: true });
    expect((await own.store.load())?.refreshToken).toBe('REFRESH-5-SECRET');
    expect(own.service.calls).toHaveLength(1);
  });

  test('what another process has renewed is taken over, also after a 401', async () => {
    await own.store.save(own.token(3_600_000));
    const session = own.openSession();
    await session.getAccessToken();
    await own.store.save(own.token(3_600_000, { accessToken: 'ACCESS-77-SECRET' }));
    expect(await session.getAccessToken({ forceRefresh: true })).toBe('ACCESS-77-SECRET');
    expect(own.service.calls).toHaveLength(0);
  });

  test('after another process signed out, nothing is renewed', async () => {
    await own.store.save(own.token(3_600_000));
    const session = own.openSession();
    await session.getAccessToken();
    await own.store.clear();
    expect(await own.parts.codeOf(session.getAccessToken({ forceRefresh: true }))).toBe('sign-in-needed');
    expect(own.service.calls).toHaveLength(0);
    expect(await session.current()).toBeUndefined();
  });

  test('a process that never ends its refresh is said', async () => {
    await own.store.save(own.token());
    const lock = own.store.tryLock();
    expect(await own.parts.codeOf(own.openSession().getAccessToken())).toBe('token-busy');
    lock?.release();
  });

  test('across processes', async () => {
    const both = Promise.withResolvers<undefined>();
    own.replies.push(both.promise.then(() => ({ body: grant(1) })));
    await own.store.save(own.token());
    const script = join(import.meta.dirname, 'refresh-in-a-process.ts');
    const children = [1, 2].map(() =>
      spawn(process.execPath, [script, own.parts.tokenPath, own.service.url], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    const ends = children.map((child) => once(child, 'close'));
    const lines = children.map((child) => createInterface({ input: child.stdout })[Symbol.asyncIterator]());
    // Both have read the ended token before the first answer goes out.
    await Promise.all(lines.map((child) => child.next()));
    both.resolve(undefined);
    const results = await Promise.all(lines.map(async (child) => (await child.next()).value));
    expect(await Promise.all(ends)).toEqual([
      [0, null],
      [0, null],
    ]);
    expect(results).toEqual(['got 1', 'got 1']);
    expect(own.service.calls).toHaveLength(1);
  });
});
