import type { AgentOptions } from './agent-options.ts';
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

interface Connections {
  readonly proxy: string;
  readonly anywhere: import('undici').Dispatcher;
  readonly publicOnly: import('undici').Dispatcher;
}

/** undici is loaded at the first request, because a start into the menu needs none. */
export function createAgents(options: AgentOptions): Agents {
  let started: Promise<typeof import('undici')> | undefined;
  let open: Connections | undefined;
  const close = async (connections: Connections | undefined): Promise<void> => {
    await connections?.anywhere.close();
    await connections?.publicOnly.close();
  };
  return {
    async start() {
      const undici = await (started ??= import('undici'));
      const proxy = options.proxy?.() ?? '';
      if (open?.proxy !== proxy) {
        // Requests that are under way end first.
        void close(open).catch(() => undefined);
        const timeout = options.connectTimeoutMs ?? 10_000;
        const proxies = proxiesOf(proxy, options.env ?? process.env);
        open = {
          proxy,
          anywhere: createAgent(undici, { timeout }, proxies),
          // Through a proxy it is the proxy that looks names up; addresses are checked all the same.
          publicOnly: createAgent(undici, { timeout, lookup: lookupPublic }, proxies),
        };
      }
      return { undici, anywhere: open.anywhere, publicOnly: open.publicOnly };
    },
    close: () => close(open),
  };
}

type Proxies = Pick<import('undici').EnvHttpProxyAgent.Options, 'httpProxy' | 'httpsProxy' | 'noProxy'>;

/** The setting, else the environment's; undefined without any. This machine itself is never asked for through one. */
function proxiesOf(proxy: string, env: NodeJS.ProcessEnv): Proxies | undefined {
  const noProxy = [env['no_proxy'] ?? env['NO_PROXY'] ?? '', 'localhost', '127.0.0.1', '::1'].join(',');
  if (proxy !== '') return { httpProxy: proxy, httpsProxy: proxy, noProxy };
  if (proxyVariables.every((name) => (env[name] ?? '') === '')) return undefined;
  const httpProxy = env['http_proxy'] ?? env['HTTP_PROXY'];
  const httpsProxy = env['https_proxy'] ?? env['HTTPS_PROXY'];
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
    noProxy,
  };
}

function createAgent(
  undici: typeof import('undici'),
  connect: { readonly timeout: number; readonly lookup?: typeof lookupPublic },
  proxies: Proxies | undefined,
): import('undici').Dispatcher {
  const options = { connect, keepAliveTimeout: 10_000 };
  return proxies === undefined
    ? new undici.Agent(options)
    : new undici.EnvHttpProxyAgent({ ...options, ...proxies });
}
