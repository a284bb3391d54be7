import { InvalidArgumentError } from 'commander';

/** Reads one of several words. Completion offers `choices`. */
export type WordParser<T> = ((text: string) => T) & { readonly choices: readonly string[] };

/** Reads one of several words. @throws InvalidArgumentError, which commander shows */
export function oneOf<T extends string>(allowed: readonly T[]): WordParser<T> {
  const parse = (text: string): T => {
    const found = allowed.find((one) => one === text);
    if (found === undefined) throw new InvalidArgumentError(`It must be one of ${allowed.join(', ')}.`);
    return found;
  };
  return Object.assign(parse, { choices: allowed });
}
