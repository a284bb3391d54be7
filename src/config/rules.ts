import { z } from 'zod';
import { isSafeUrl, isSafeUrlOrEmpty } from './addresses.ts';
import { splitArguments } from './extra-args.ts';

/** What several settings have in common. */

export const seconds = (least: number, most: number) => z.number().min(least).max(most);
export const whole = (least: number, most: number) => z.int().min(least).max(most);
export const text = z.string();
export const safely = 'must start with https://, or http:// and a loopback address';
export const safeUrl = text.refine(isSafeUrl, safely);
export const ownServer = text.refine(isSafeUrlOrEmpty, safely).default('');

/**
 * Extra arguments for a program, as a line or a list. Their fault is a sentence that goes after the setting's name, and
 * their value is not shown with it: it may hold a password or a token.
 */
export function extraArguments(faultOf: (words: readonly string[]) => string | undefined) {
  return z.union([text, z.array(text)]).superRefine((given, context) => {
    const words = splitArguments(given);
    const message = words === undefined ? 'has an unclosed quote or a trailing backslash.' : faultOf(words);
    if (message !== undefined) context.addIssue({ code: 'custom', message, params: { sentence: true } });
  });
}

/** A text whose fault is a sentence without its value, as it may hold a password. */
export const discreet = (isRight: (value: string) => boolean, message: string) =>
  text.refine((value) => value === '' || isRight(value), { message, params: { sentence: true } });
