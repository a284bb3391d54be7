import { lookupPublic } from './public-address.ts';

/** What keeps the connections of undici. */
export interface Agents {
  start(): Promise<{
    readonly undici: typeof import('undici');
    readonly anywhere: import('undici').Dispatcher;
    /** Connects to no address that isn't one of the internet, whatever the name of the host leads to. */
    readonly publicOnly: import('undici').Dispatcher;
  }>;
  close(): Promise<void>;
}

/** The variables that name a proxy, as curl, npm and pip read them. */
const proxyVariables = ['http_proxy', 'https_proxy', 'HTTP_PROXY', 'HTTPS_PROXY'];

/** undici is loaded at the first request, because a start into the menu needs none. */
export function createAgents(options: {
  readonly connectTimeoutMs?: number;
  readonly env?: NodeJS.ProcessEnv;
}): Agents {
  let started: Promise<typeof import('undici')> | undefined;
  let anywhere: import('undici').Dispatcher | undefined;
  let publicOnly: import('undici').Dispatcher | undefined;
  return {
    async start() {
      const undici = await (started ??= import('undici'));
      const timeout = options.connectTimeoutMs ?? 10_000;
      const env = options.env ?? process.env;
      anywhere ??= createAgent(undici, { timeout }, env);
      // Through a proxy it is the proxy that looks names up; addresses are checked all the same.
      publicOnly ??= createAgent(undici, { timeout, lookup: lookupPublic }, env);
      return { undici, anywhere, publicOnly };
    },
    async close() {
      await anywhere?.close();
      await publicOnly?.close();
    },
  };
}

/** Where a proxy is set it is used, but for this machine itself. */
function createAgent(
  undici: typeof import('undici'),
  connect: { readonly timeout: number; readonly lookup?: typeof lookupPublic },
  env: NodeJS.ProcessEnv,
): import('undici').Dispatcher {
  const options = { connect, keepAliveTimeout: 10_000 };
  if (proxyVariables.every((name) => (env[name] ?? '') === '')) return new undici.Agent(options);
  const httpProxy = env['http_proxy'] ?? env['HTTP_PROXY'];
  const httpsProxy = env['https_proxy'] ?? env['HTTPS_PROXY'];
  return new undici.EnvHttpProxyAgent({
    ...options,
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    noProxy: [env['no_proxy'] ?? env['NO_PROXY'] ?? '', 'localhost', '127.0.0.1', '::1'].join(','),
  });
}
