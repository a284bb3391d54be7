import { HarmoniError } from '../errors.ts';
import type { ToneLine } from '../ui/prompter.ts';
import { registerHint } from './setup-help.ts';
import type { SignInEvent } from './sign-in-method.ts';

/** The words for what happens during a sign-in, the same in the menu and in the command. Pure. */
export function describeSignInEvent(event: SignInEvent): readonly ToneLine[] {
  switch (event.type) {
    case 'authorise':
      return [
        { text: 'Open this address, sign in to Spotify and choose Agree:' },
        { text: event.url, tone: 'accent' },
        ...listeningLines(event.listening),
        { text: registerHint(event.redirectUri), tone: 'dim' },
      ];
    case 'enter-code':
      return [
        { text: 'Scan this with your phone:' },
        { text: event.qrCode.join('\n') },
        { text: 'or open this address on any device:' },
        { text: event.url, tone: 'accent' },
        { text: 'and enter this code:' },
        { text: framed(event.userCode), tone: 'accent' },
      ];
    case 'time-left':
      return [{ text: `Waiting for you. The code expires in ${timeLeft(event.leftMs)}.`, tone: 'dim' }];
    case 'browser':
      return event.opened
        ? [{ text: 'Your browser is open. Waiting for you to sign in.', tone: 'dim' }]
        : [{ text: "Couldn't open a browser here. Open the address above yourself.", tone: 'warn' }];
    case 'not-accepted':
    case 'warning':
      return [{ text: `${event.error.message} ${event.error.fix}`, tone: 'warn' }];
    case 'exchanging':
      return [{ text: "Got Spotify's answer. Finishing sign-in...", tone: 'dim' }];
  }
}

function listeningLines(listening: (SignInEvent & { type: 'authorise' })['listening']): ToneLine[] {
  if (listening instanceof HarmoniError) {
    return [
      { text: `${listening.message} ${listening.fix}`, tone: 'warn' },
      { text: 'After you agree, paste the whole address you land on.' },
    ];
  }
  return [
    {
      text: `Waiting up to five minutes for Spotify's answer on ${listening.address}, port ${listening.port}. You can also paste the address you land on.`,
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
