/** A HARMONI that renews its token: `node refresh-in-a-process.ts TOKEN_FILE ACCOUNTS_URL`. */
import { randomBytes } from 'node:crypto';
import { findSignInMethod } from '../../src/auth/methods.ts';
import { createTokenSession } from '../../src/auth/token-session.ts';
import { createFileTokenStore } from '../../src/auth/token-store.ts';
import { configSchema } from '../../src/config/schema.ts';
import { systemClock } from '../../src/system/clock.ts';
import { createHttp } from '../../src/system/http.ts';

const [path = '', url = ''] = process.argv.slice(2);
const http = createHttp();
const session = createTokenSession({
  store: createFileTokenStore(path),
  deps: {
    http,
    clock: systemClock,
    randomBytes,
    log: { write: () => undefined },
    config: configSchema.parse({ spotify_accounts_url: url }),
  },
  findMethod: findSignInMethod,
  warn: (error) => {
    throw error;
  },
});
await session.current();
console.log('ready');
const token = await session.getAccessToken();
console.log(`got ${/\d+/.exec(token)?.[0] ?? ''}`);
await http.close();
