import { existsSync, statSync } from 'node:fs';
import { chmod, readFile, rm, stat } from 'node:fs/promises';
import { z } from 'zod';
import { HarmoniError } from '../errors.ts';
import { writeFileAtomic } from '../system/files.ts';
import { tryLock, type HeldLock } from '../system/lock.ts';
import { tokenPattern, type TokenInfo } from './token-info.ts';

/** Where a token outlives the access to it. */
export interface TokenStore {
  /** The saved token; undefined when there is none. Throws HarmoniError sign-in-needed when it cannot be read. */
  load(): Promise<TokenInfo | undefined>;
  /** Throws HarmoniError token-not-saved. */
  save(token: TokenInfo): Promise<void>;
  /** Whether there was anything to forget. Throws HarmoniError token-not-saved. */
  clear(): Promise<boolean>;
  /** The right to refresh, held by one at a time across all processes; undefined while another one has it. */
  tryLock(): HeldLock | undefined;
}

/** Of what a Date can hold (ECMA-262, 21.4.1.1). */
const lastSecond = 8.64e12;

/** The file has the fields of HARMONI's first version, and the method and the client id with them. */
const fileSchema = z.object({
  access_token: z.string().regex(tokenPattern),
  token_type: z.string().default('Bearer'),
  /** Seconds since the epoch. One that is no time of a calendar counts as ended. */
  expires_at: z.number().transform((seconds) => (Math.abs(seconds) <= lastSecond ? seconds : 0)),
  refresh_token: z.string().regex(tokenPattern).nullish(),
  scope: z.string().nullish(),
  method: z.string().default('pkce'),
  client_id: z.string().min(1).optional(),
});

/** Keeps the token in a file of mode 0600, written whole or not at all; `path.lock` beside it is the lock. */
export function createFileTokenStore(path: string): TokenStore {
  return {
    async load() {
      if (!existsSync(path)) return undefined;
      try {
        return parseTokenFile(await readOwnFile(path));
      } catch (cause) {
        throw new HarmoniError('sign-in-needed', `HARMONI can't read the sign-in saved in ${path}.`, {
          fix: 'Make sure you can read the file, or run harmoni login.',
          cause,
        });
      }
    },
    async save(token) {
      try {
        await writeFileAtomic(path, formatTokenFile(token), 0o600);
      } catch (cause) {
        throw new HarmoniError('token-not-saved', `HARMONI can't save your sign-in in ${path}.`, { cause });
      }
    },
    async clear() {
      const existed = existsSync(path);
      try {
        await rm(path, { force: true });
      } catch (cause) {
        throw new HarmoniError('token-not-saved', `HARMONI can't remove the sign-in in ${path}.`, { cause });
      }
      return existed;
    },
    tryLock() {
      try {
        return tryLock(`${path}.lock`);
      } catch {
        // Nothing can be written here, so there is no token to guard either; the save itself says so.
        return { release: () => undefined };
      }
    },
  };
}

/** Larger is no token, and a pipe or a device would be read for ever. */
const mostBytes = 64 * 2 ** 10;

/** Reads a small file, after taking from others the right to read it. */
async function readOwnFile(path: string): Promise<string> {
  const facts = await stat(path);
  if (!facts.isFile() || facts.size > mostBytes) throw new Error('not a token file');
  if (isOpenToOthers(facts.mode)) {
    // Somebody else's file or a disk without modes: doctor says so.
    await chmod(path, 0o600).catch(() => undefined);
  }
  return readFile(path, 'utf8');
}

function isOpenToOthers(mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}

/** Whether others on this machine may read a token file; false when there is none. */
export function isReadableByOthers(path: string): boolean {
  const facts = statSync(path, { throwIfNoEntry: false });
  return facts !== undefined && isOpenToOthers(facts.mode);
}

/** Keeps the token for this run only (`spotify_cache_tokens: false`). */
export function createMemoryTokenStore(): TokenStore {
  let kept: TokenInfo | undefined;
  return {
    load: async () => kept,
    async save(token) {
      kept = token;
    },
    async clear() {
      const existed = kept !== undefined;
      kept = undefined;
      return existed;
    },
    tryLock: () => ({ release: () => undefined }),
  };
}

function formatTokenFile(token: TokenInfo): string {
  const file: z.input<typeof fileSchema> = {
    access_token: token.accessToken,
    token_type: token.tokenType,
    expires_at: Math.floor(token.expiresAtMs / 1000),
    refresh_token: token.refreshToken,
    scope: token.scopes.join(' '),
    method: token.method,
    client_id: token.clientId,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

/** A torn or foreign file is no token; parse errors are dropped because they would repeat it. */
function parseTokenFile(text: string): TokenInfo | undefined {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { data: file } = fileSchema.safeParse(json);
  if (file === undefined) return undefined;
  return {
    accessToken: file.access_token,
    tokenType: file.token_type,
    expiresAtMs: file.expires_at * 1000,
    scopes: (file.scope ?? '').split(' ').filter((scope) => scope !== ''),
    method: file.method,
    ...(typeof file.refresh_token === 'string' ? { refreshToken: file.refresh_token } : {}),
    ...(file.client_id === undefined ? {} : { clientId: file.client_id }),
  };
}
