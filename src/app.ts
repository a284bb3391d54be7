import { randomBytes } from 'node:crypto';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { configPathOf, dataDirOf, logPathOf, musicDirOf, toolsDirOf } from './config/config-path.ts';
import { isPackaged } from './config/edition.ts';
import { applyEnvironment } from './config/environment.ts';
import { splitArguments } from './config/extra-args.ts';
import { createHeldConfig } from './config/held-config.ts';
import { ofLast } from './config/of-last.ts';
import { resolvePaths, type Paths } from './config/paths.ts';
import { readOtherSettings } from './config/other-settings.ts';
import { configSchema, type Config } from './config/schema.ts';
import { openConfig, type ConfigStore } from './config/store.ts';
import { openStoreSafely } from './automation/backup/before-update.ts';
import type { DownloadDeps } from './downloads/job-parts.ts';
import { createToolBox, type ToolBox } from './doctor/tool-box.ts';
import type { EarWithPreviews } from './ear/create-ear.ts';
import { settleRestore } from './history/restore-journal.ts';
import type { Store } from './history/store.ts';
import { createCachedFinder } from './matching/cached-finder.ts';
import { createMatchTrack } from './matching/find-match.ts';
import { createSources } from './sources/sources.ts';
import type { Source } from './sources/source.ts';
import { connectSpotify, type SpotifyConnection } from './spotify/connection.ts';
import { createPageCache } from './spotify/page-cache.ts';
import { systemClock, type Clock } from './system/clock.ts';
import { createHttp, type Http } from './system/http.ts';
import { createIdleCores } from './system/idle-cores.ts';
import { createLog, logLevels, type Log } from './system/log.ts';
import { once } from './system/once.ts';
import { withGetters } from './system/with-getters.ts';
import { beginWork, currentWorkSignal, type WorkSignal } from './system/work-signal.ts';
import { choosePrompter } from './ui/choose-prompter.ts';
import { createOutput, type Output } from './ui/output.ts';
import type { Progress } from './ui/progress.ts';
import type { Prompter } from './ui/prompter.ts';
import { createLineReader } from './ui/stdin-lines.ts';
import { createStdinReader } from './ui/stdin-list.ts';
import { createTerminalProgress } from './ui/terminal-progress.ts';
import { inMenu } from './ui/menu-words.ts';
import { isPlain } from './ui/plain.ts';
import { themeFor, type Theme } from './ui/theme.ts';
import type { MatchTrack } from './matching/match.ts';
import type { Provider } from './providers/provider.ts';
import { chooseProviders, createProviders, urlOf } from './providers/providers.ts';

/** Flags that stand above the environment and config.json. */
export interface AppOptions {
  readonly overrides?: Partial<Config>;
  readonly json?: boolean;
  readonly yes?: boolean;
  /** The menu, when it asks and not a terminal of the app's own. */
  readonly prompter?: Prompter;
  /** HARMONI's own copies of yt-dlp and ffmpeg, when not in the data folder. */
  readonly toolsDir?: string;
  /** A yt-dlp or ffmpeg that prints nothing for so long hangs; two minutes. */
  readonly childSilenceMs?: number;
  readonly env: NodeJS.ProcessEnv;
}

/** Everything that commands and menus need, made when it is first asked for. */
export interface App {
  readonly env: NodeJS.ProcessEnv;
  readonly interactive: boolean;
  readonly paths: Paths;
  readonly configStore: ConfigStore;
  /** With the environment and the flags; paths absolute. Read again after every change. @throws HarmoniError config-* */
  readonly config: Config;
  /** Reads the settings, and keeps to them from now on, whatever happens to the file. @throws HarmoniError config-* */
  holdConfig(): void;
  /** The same until what it gives is called. */
  keepConfig(): () => void;
  readonly clock: Clock;
  readonly log: Log;
  readonly http: Http;
  readonly store: Store;
  readonly prompter: Prompter;
  readonly progress: Progress;
  readonly output: Output;
  readonly matchTrack: MatchTrack;
  /** All of them, searched or not. */
  readonly providers: readonly Provider[];
  readonly tools: ToolBox;
  readonly spotify: SpotifyConnection;
  /** The next line of stdin, for those who have no terminal; undefined at its end. */
  readonly readLine: (signal: AbortSignal) => Promise<string | undefined>;
  /** From here to `done` Ctrl+C ends this work and not HARMONI. @throws HarmoniError cancelled, as system/work-signal.ts says */
  beginWork(): WorkSignal;
  sources(): readonly Source[];
  downloadDeps(): DownloadDeps;
  backUpIfDue(): Promise<void>;
  openEar(): Promise<EarWithPreviews>;
  /** Who reads `store` afterwards has it opened anew. */
  closeStore(): void;
  /** The settings of a config.json that is another one, with absolute paths; undefined where one is wrong. */
  readSettings(stored: Readonly<Record<string, unknown>>): Config | undefined;
  close(): Promise<void>;
}

/** What is made when it is read. */
type Lazy = 'config' | 'http' | 'store' | 'prompter' | 'matchTrack' | 'providers' | 'spotify';

/** Makes the real parts and joins them. The only place that does. */
export function createApp(options: AppOptions): App {
  const { env, childSilenceMs: silenceMs = 120_000 } = options;
  const ground = createGround(options);
  const { config, log, paths, progress, json, theme, ...settings } = ground;
  const http = once(() => createHttp({ proxy: () => config().proxy }));
  settleRestore(paths.data);
  const warn = (text: string): void => progress.print(text, 'warn');
  const store = once(() => openStoreSafely(paths.data, systemClock, warn));
  const prompter = once(() => choosePrompter(options, theme, currentWorkSignal));
  const getMissing = async () => (await import('./doctor/get-missing-tools.ts')).getMissingTools(app);
  const tools = createToolBox({
    env,
    config,
    toolsDir: options.toolsDir ?? toolsDirOf(env),
    nowMs: () => systemClock.now(),
    warn,
    // A checkout has been set up by start.sh.
    ...(isPackaged ? { getMissing } : {}),
  });
  const providers = (): readonly Provider[] => {
    const musicUrl = config().youtube_music_url;
    return createProviders({ http: http(), musicUrl, ytDlp: () => tools.ytDlp(), silenceMs });
  };
  const matchTrack = (): MatchTrack => createMatching(providers(), config(), store());
  const readStdin = createStdinReader(process.stdin, (line) => progress.print(line));
  const spotify = once(() => connectSpotify(spotifyPartsOf(ground, http(), () => store().database)));
  const plain: Omit<App, Lazy> = {
    env,
    interactive: process.stdin.isTTY && process.stdout.isTTY && !json,
    ...settings,
    clock: systemClock,
    log,
    progress,
    output: createOutput(process, theme, json),
    paths,
    tools,
    readLine: createLineReader(process.stdin),
    beginWork,
    sources: () => createSources({ providers: providers(), spotify: () => spotify().client(), readStdin }),
    downloadDeps: () => ({ ...jobDepsOf(app, silenceMs), matchTrack: matchTrack() }),
    backUpIfDue: async () => (await import('./automation/backup/automatic.ts')).backUpIfDue(app),
    openEar: async () => (await import('./ear/create-ear.ts')).createEar(jobDepsOf(app, silenceMs)),
    closeStore() {
      if (store.made()) store().close();
      store.forget();
    },
    async close() {
      if (http.made()) await http().close();
      if (store.made()) store().close();
    },
  };
  const lazy = { config, http, store, prompter, matchTrack, providers, spotify };
  const app: App = withGetters<Omit<App, Lazy>, Pick<App, Lazy>>(plain, lazy);
  return app;
}

/** What needs nothing but the options. */
type Ground = Pick<
  App,
  'configStore' | 'holdConfig' | 'keepConfig' | 'log' | 'paths' | 'progress' | 'readSettings'
> & {
  readonly config: () => Config;
  readonly json: boolean;
  readonly theme: Theme;
};

function createGround({ env, json = false, overrides, prompter }: AppOptions): Ground {
  const configPath = configPathOf(env);
  const data = dataDirOf(env);
  const places = { project: dirname(configPath), data, music: musicDirOf(env), home: homedir() };
  const configStore = openConfig(configPath);
  const settingsOf = ofLast((stored: Config): Config => {
    const chosen = applyEnvironment(stored, env);
    return resolvePaths(configSchema.parse({ ...chosen, ...overrides }), places);
  });
  const held = createHeldConfig(() => settingsOf(configStore.load()));
  const { config, hold: holdConfig, keep: keepConfig } = held;
  const logPath = logPathOf(data);
  const level = logLevels.find((known) => known === env['HARMONI_LOG_LEVEL']) ?? 'info';
  const plainTheme = themeFor(json ? process.stderr : process.stdout, env);
  const theme = prompter === undefined ? plainTheme : inMenu(plainTheme);
  const fixed = { config: configPath, data, log: logPath, trash: join(data, 'trash') };
  return {
    json,
    config,
    readSettings: (stored) => readOtherSettings(stored, places),
    configStore,
    holdConfig,
    keepConfig,
    theme,
    log: createLog(logPath, level, () => systemClock.now()),
    progress: createTerminalProgress(
      json || !process.stdout.isTTY ? process.stderr : process.stdout,
      theme,
      isPlain(env),
    ),
    paths: withGetters<Omit<Paths, 'output'>, Pick<Paths, 'output'>>(fixed, {
      output: () => config().output_dir,
    }),
  };
}

function createMatching(all: readonly Provider[], config: Config, store: Store): MatchTrack {
  const searched = chooseProviders(all, config.providers);
  return createMatchTrack({
    finders: searched.map((provider) => createCachedFinder(provider, store.searches)),
    urlOf: (media) => urlOf(all, media),
  });
}

function spotifyPartsOf(
  { config, paths, log, progress }: Ground,
  http: Http,
  database: () => Store['database'],
): Parameters<typeof connectSpotify>[0] {
  return {
    get config() {
      return config();
    },
    tokenPath: join(paths.data, 'spotify_tokens.json'),
    http,
    clock: systemClock,
    log,
    random: Math.random,
    randomBytes,
    checkpoints: createPageCache(database),
    notice: (text) => progress.print(text, 'warn'),
  };
}

function jobDepsOf(app: App, silenceMs: number): Omit<DownloadDeps, 'matchTrack'> & Pick<App, 'config'> {
  const { store, http, log, providers, config, tools } = app;
  const deps = {
    ...{ store, http, log, providers, config, silenceMs },
    clock: systemClock,
    random: Math.random,
    services: [config.spotify_api_url, config.youtube_music_url],
    ytDlp: () => tools.ytDlp(),
    ffmpegPath: () => tools.ffmpegPath(),
    ffmpegExtraArgs: splitArguments(config.ffmpeg_extra_args) ?? [],
    cores: availableParallelism(),
    idleCores: createIdleCores(),
  };
  return { ...deps, createEar: async () => (await import('./ear/create-ear.ts')).createEar(deps) };
}
