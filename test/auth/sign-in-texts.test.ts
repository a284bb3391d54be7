import { expect, test } from 'vitest';
import type { SignInEvent } from '../../src/auth/sign-in-method.ts';
import { describeSignInEvent } from '../../src/auth/sign-in-texts.ts';
import { HarmoniError } from '../../src/errors.ts';

const redirectUri = 'http://127.0.0.1:8888/callback';
const authorise = {
  type: 'authorise',
  url: 'https://a.example/authorize',
  redirectUri,
  endsAtMs: 0,
} as const;
const enterCode = {
  type: 'enter-code',
  url: 'https://a.example/pair',
  userCode: 'K7MQ2X',
  qrCode: [],
  endsAtMs: 0,
} as const;
const textOf = (event: SignInEvent): string =>
  describeSignInEvent(event)
    .map((line) => line.text)
    .join('\n');

test('while it waits, the exact URI to register is shown, and where', () => {
  const text = textOf({ ...authorise, listening: { address: '127.0.0.1', port: 8888 } });
  expect(text).toContain('redirect_uri: Not matching configuration');
  expect(text).toContain(`add exactly ${redirectUri}`);
  expect(text).toContain('https://developer.spotify.com/dashboard');
});

test('the address stands on a line of its own, to be copied', () => {
  const lines = describeSignInEvent({ ...authorise, listening: { address: '127.0.0.1', port: 1 } });
  expect(lines.map((line) => line.text)).toContain(authorise.url);
});

test('a port that cannot be used is said with the mend, and what to paste', () => {
  const text = textOf({
    ...authorise,
    listening: new HarmoniError('callback-port-busy', 'Port 8888 is busy.'),
  });
  expect(text).toContain('Port 8888 is busy. Close the other program');
  expect(text).toContain('paste the whole address');
});

test.each<[SignInEvent, string]>([
  [{ ...enterCode, userCode: 'AB2-XY' }, '│   A B 2 - X Y   │'],
  [{ ...enterCode, qrCode: ['█▀█', '▀▀▀'] }, '█▀█\n▀▀▀'],
  [{ type: 'time-left', leftMs: 480_000 }, '8 minutes'],
  [{ type: 'time-left', leftMs: 60_000 }, 'a minute'],
  [{ type: 'browser', opened: true }, 'is open'],
  [{ type: 'browser', opened: false }, 'yourself'],
  [{ type: 'exchanging' }, 'Finishing'],
  [{ type: 'warning', error: new HarmoniError('token-not-saved', 'Not saved.') }, 'Not saved. Make'],
])('%o has its words', (event, words) => {
  expect(textOf(event)).toContain(words);
});
