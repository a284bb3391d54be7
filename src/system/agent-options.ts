/** How connections are made. Apart from http-agents.ts, because the declarations of harmoni/auth name it and not undici. */
export interface AgentOptions {
  /** Until a connection stands; default 10 s. */
  readonly connectTimeoutMs?: number;
  /** Names the proxies where the setting doesn't; default that of the process. */
  readonly env?: NodeJS.ProcessEnv;
  /** The setting `proxy`, asked for at each request; '' = none. */
  readonly proxy?: () => string;
}
