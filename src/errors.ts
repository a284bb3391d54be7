import { errorTable, type Scope } from './error-table.ts';

export type ErrorCode = keyof typeof errorTable;

/** All codes, for the tests and the documentation. */
export const errorCodes = Object.keys(errorTable) as ErrorCode[];

/**
 * An expected failure, told to the user as one sentence and one remedy.
 * `message` says what failed; `fix` says what to do.
 */
export class HarmoniError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, options: { fix?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'HarmoniError';
    this.code = code;
    this.fix = options.fix ?? errorTable[code].fix;
  }
}

/** The process exit code that a failure of this kind ends with. */
export function exitCodeOf(code: ErrorCode): number {
  return errorTable[code].exit;
}

/** What a failure of this kind is of; see error-table.ts. */
export function scopeOf(code: ErrorCode): Scope {
  const row = errorTable[code];
  return 'scope' in row ? row.scope : 'song';
}

/** Node's name of a system error ("ENOENT"), or "" for anything else that was thrown. */
export function errnoOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** An error in a JSON document. */
export function errorInJson({ code, message, fix }: Pick<HarmoniError, 'code' | 'message' | 'fix'>) {
  return { code, message, fix };
}

/** Turns anything thrown into a HarmoniError; what is not one of ours is a fault of HARMONI itself. */
export function toHarmoniError(thrown: unknown): HarmoniError {
  if (thrown instanceof HarmoniError) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new HarmoniError('internal', message, { cause: thrown });
}
