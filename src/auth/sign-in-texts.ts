import { HarmoniError } from '../errors.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { registerHint } from './setup-help.ts';
import type { SignInEvent } from './sign-in-method.ts';

/** The words for what happens during a sign-in, the same in the menu and in the command. Pure. */
export function describeSignInEvent(event: SignInEvent): readonly ToneLine[] {
  switch (event.type) {
    case 'authorise':
      return [
        { text: 'Sign in to Spotify at this address and press Agree:' },
        { text: event.url, tone: 'accent' },
        ...listeningLines(event.listening),
        { text: registerHint(event.redirectUri), tone: 'dim' },
      ];
    case 'enter-code':
      return [
        { text: 'On a phone or any other device, scan this:' },
        { text: event.qrCode.join('\n') },
        { text: 'or open this address:' },
        { text: event.url, tone: 'accent' },
        { text: 'and enter this code:' },
        { text: framed(event.userCode), tone: 'accent' },
      ];
    case 'time-left':
      return [{ text: `Waiting. The code is good for ${timeLeft(event.leftMs)} more.`, tone: 'dim' }];
    case 'browser':
      return event.opened
        ? [{ text: 'The browser is open. Waiting for Spotify.', tone: 'dim' }]
        : [{ text: 'No browser could be started here. Open the address above yourself.', tone: 'warn' }];
    case 'not-accepted':
    case 'warning':
      return [{ text: `${event.error.message} ${event.error.fix}`, tone: 'warn' }];
    case 'exchanging':
      return [{ text: 'The answer is here. Getting the token.', tone: 'dim' }];
  }
}

function listeningLines(listening: (SignInEvent & { type: 'authorise' })['listening']): ToneLine[] {
  if (listening instanceof HarmoniError) {
    return [
      { text: `${listening.message} ${listening.fix}`, tone: 'warn' },
      { text: 'After you agreed, paste the whole address that the browser ends at.' },
    ];
  }
  return [
    {
      text: `HARMONI listens on ${listening.address}, port ${listening.port}, for five minutes. You can also paste the address that the browser ends at.`,
      tone: 'dim',
    },
  ];
}

/** A code that is read off one screen and typed on another: alone, with room between its letters. */
function framed(userCode: string): string {
  const row = `   ${userCode.replace(/.(?!$)/g, '$& ')}   `;
  const edge = '─'.repeat(row.length);
  return `  ┌${edge}┐\n  │${row}│\n  └${edge}┘`;
}

function timeLeft(leftMs: number): string {
  const minutes = Math.round(leftMs / 60_000);
  if (minutes > 1) return `${minutes} minutes`;
  return minutes === 1 ? 'a minute' : `${Math.max(0, Math.round(leftMs / 1000))} seconds`;
}
