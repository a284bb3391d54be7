import { randomBytes } from 'node:crypto';
import { availableParallelism, homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { configPathOf, dataDirOf, logPathOf, musicDirOf, toolsDirOf } from './config/config-path.ts';
import { isPackaged } from './config/edition.ts';
import { applyEnvironment } from './config/environment.ts';
import { splitArguments } from './config/extra-args.ts';
import { resolvePaths } from './config/paths.ts';
import { configSchema, type Config } from './config/schema.ts';
import { openConfig, type ConfigStore } from './config/store.ts';
import type { DownloadDeps } from './downloads/job-parts.ts';
import { createToolBox, type ToolBox } from './doctor/tool-box.ts';
import { openStore, type Store } from './history/store.ts';
import { createCachedFinder } from './matching/cached-finder.ts';
import { createMatchTrack } from './matching/find-match.ts';
import { createSources } from './sources/sources.ts';
import type { Source } from './sources/source.ts';
import { connectSpotify, type SpotifyConnection } from './spotify/connection.ts';
import { createPageCache } from './spotify/page-cache.ts';
import { systemClock, type Clock } from './system/clock.ts';
import { createHttp, type Http } from './system/http.ts';
import { createLog, logLevels, type Log } from './system/log.ts';
import { once } from './system/once.ts';
import { beginWork, currentWorkSignal, type WorkSignal } from './system/work-signal.ts';
import { createAssumeYesPrompter } from './ui/assume-yes-prompter.ts';
import { createOutput, type Output } from './ui/output.ts';
import type { Progress } from './ui/progress.ts';
import type { Prompter } from './ui/prompter.ts';
import { createLineReader } from './ui/stdin-lines.ts';
import { createTerminalProgress } from './ui/terminal-progress.ts';
import { ownPrompter } from './ui/own-terminal.ts';
import { themeFor } from './ui/theme.ts';
import { createPrompterWithoutTerminal } from './ui/without-terminal-prompter.ts';
import type { MatchTrack } from './matching/match.ts';
import type { Provider } from './providers/provider.ts';
import { chooseProviders, createProviders, urlOf } from './providers/providers.ts';

/** Flags that stand above the environment and config.json. */
export interface AppOptions {
  readonly overrides?: Partial<Config>;
  readonly json?: boolean;
  readonly yes?: boolean;
  /** Who asks, when not a terminal of the app's own. */
  readonly prompter?: Prompter;
  /** HARMONI's own copies of yt-dlp and ffmpeg, when not in the data folder. */
  readonly toolsDir?: string;
  /** A yt-dlp or ffmpeg that prints nothing for so long hangs; two minutes. */
  readonly childSilenceMs?: number;
  readonly env: NodeJS.ProcessEnv;
}

export interface Paths {
  readonly config: string;
  readonly data: string;
  readonly log: string;
  /** Where files go that give way to others. */
  readonly trash: string;
  /** The library. */
  readonly output: string;
}

/** Everything that commands and menus need, made when it is first asked for. */
export interface App {
  readonly env: NodeJS.ProcessEnv;
  readonly interactive: boolean;
  readonly paths: Paths;
  readonly configStore: ConfigStore;
  /** With the environment and the flags; paths absolute. Read again after every change. @throws HarmoniError config-* */
  readonly config: Config;
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
  close(): Promise<void>;
}

/** Makes the real parts and joins them. The only place that does. */
export function createApp(options: AppOptions): App {
  const { env, childSilenceMs = 120_000 } = options;
  const json = options.json === true;
  const configPath = configPathOf(env);
  const data = dataDirOf(env);
  const places = { project: dirname(configPath), data, music: musicDirOf(env), home: homedir() };
  const configStore = openConfig(configPath);
  const theme = themeFor(json ? process.stderr : process.stdout, env);
  const interactive = process.stdin.isTTY && process.stdout.isTTY && !json;
  const logPath = logPathOf(data);
  const level = logLevels.find((known) => known === env['HARMONI_LOG_LEVEL']) ?? 'info';

  const config = (): Config => {
    const chosen = applyEnvironment(configStore.load(), env);
    return resolvePaths(configSchema.parse({ ...chosen, ...options.overrides }), places);
  };
  const http = once(() => createHttp());
  const store = once(() => openStore(data, systemClock));
  const prompter = once(() => {
    const terminal = options.prompter ?? (json ? undefined : ownPrompter(env, currentWorkSignal));
    if (terminal === undefined) return createPrompterWithoutTerminal(process.stderr, theme);
    return options.yes === true ? createAssumeYesPrompter(terminal) : terminal;
  });

  const tools = createToolBox({
    env,
    config,
    toolsDir: options.toolsDir ?? toolsDirOf(env),
    nowMs: () => systemClock.now(),
    warn: (text) => progress.print(text, 'warn'),
    // A checkout has been set up by start.sh.
    ...(isPackaged ? { getMissing: () => getMissingTools(app) } : {}),
  });
  const providers = () =>
    createProviders({
      http: http(),
      musicUrl: config().youtube_music_url,
      ytDlp: () => tools.ytDlp(),
      silenceMs: childSilenceMs,
    });
  const matchTrack = () => {
    const all = providers();
    const searched = chooseProviders(all, config().providers);
    return createMatchTrack({
      finders: searched.map((provider) => createCachedFinder(provider, store().searches)),
      urlOf: (media) => urlOf(all, media),
    });
  };
  const log = createLog(logPath, level, () => systemClock.now());
  const progress = createTerminalProgress(
    json || !process.stdout.isTTY ? process.stderr : process.stdout,
    theme,
  );
  const spotify = once(() =>
    connectSpotify({
      get config() {
        return config();
      },
      tokenPath: join(data, 'spotify_tokens.json'),
      http: http(),
      clock: systemClock,
      log,
      random: Math.random,
      randomBytes,
      checkpoints: createPageCache(() => store().database),
      notice: (text) => progress.print(text, 'warn'),
    }),
  );

  const app: App = {
    env,
    interactive,
    configStore,
    clock: systemClock,
    log,
    progress,
    output: createOutput(process, theme, json),
    paths: {
      config: configPath,
      data,
      log: logPath,
      trash: join(data, 'trash'),
      get output() {
        return config().output_dir;
      },
    },
    get config() {
      return config();
    },
    get http() {
      return http();
    },
    get store() {
      return store();
    },
    tools,
    get prompter() {
      return prompter();
    },
    get matchTrack() {
      return matchTrack();
    },
    get providers() {
      return providers();
    },
    get spotify() {
      return spotify();
    },
    readLine: createLineReader(process.stdin),
    beginWork,
    sources: () =>
      createSources({
        providers: providers(),
        spotify: () => spotify().client(),
      }),
    downloadDeps() {
      const current = config();
      return {
        store: store(),
        clock: systemClock,
        random: Math.random,
        http: http(),
        services: [current.spotify_api_url, current.youtube_music_url],
        log,
        matchTrack: matchTrack(),
        providers: providers(),
        ytDlp: () => tools.ytDlp(),
        ffmpegPath: () => tools.ffmpegPath(),
        ffmpegExtraArgs: splitArguments(current.ffmpeg_extra_args) ?? [],
        config: current,
        trashDir: app.paths.trash,
        silenceMs: childSilenceMs,
        cores: availableParallelism(),
      };
    },
    async close() {
      if (http.made()) await http().close();
      if (store.made()) store().close();
    },
  };
  return app;
}

/** The first start of the npm package that needs yt-dlp or ffmpeg gets them, one process at a time. */
async function getMissingTools(app: App): Promise<void> {
  const { setUpTools } = await import('./doctor/set-up-tools.ts');
  const { fetchTools } = await import('./doctor/fetch-tools.ts');
  await setUpTools(app, (signal) => fetchTools(app, { update: false, onlyNews: true, signal }));
}
