import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Tool = 'ytdlp' | 'ffmpeg';

/** Stand between HARMONI and the real programs, and do nothing until they are told to. */
export interface Wrappers {
  readonly paths: Readonly<Record<Tool, string>>;
  /** The call of that number (from 1) goes wrong, and so do the next `times` - 1. */
  arm(tool: Tool, how: string, nth: number, times: number): void;
  /** From now on all goes well. */
  disarm(): void;
  /** How many calls went wrong. */
  spoiled(): number;
}

/** Calls that are meant: a download of yt-dlp, a conversion of ffmpeg. */
const meant: Readonly<Record<Tool, string>> = { ytdlp: '*" --no-simulate "*', ffmpeg: '*" -map_metadata "*' };

/**
 * Small scripts, because a start of Node for each call would cost more than the call. `victim` is a file of the user's.
 */
export function createWrappers(
  folder: string,
  real: Readonly<Record<Tool, string>>,
  victim: string,
): Wrappers {
  const script = (tool: Tool): string => {
    const path = join(folder, `${tool}-wrapper`);
    const odd = join(import.meta.dirname, 'programs', `odd-${tool}.ts`);
    const state = join(folder, `${tool}-faults`);
    mkdirSync(state);
    // A folder can be made by one only, so that two calls at once take two numbers.
    writeFileSync(
      path,
      `#!/bin/sh
case " $* " in
  ${meant[tool]})
    n=1
    while ! mkdir '${state}'/call-$n 2>/dev/null; do n=$((n + 1)); done
    if [ -f '${state}'/how-$n ]; then
      read -r how <'${state}'/how-$n
      : >'${state}'/spoiled-$n
      exec '${process.execPath}' --disable-warning=ExperimentalWarning '${odd}' "$how" '${victim}' '${real[tool]}' "$@"
    fi ;;
esac
exec '${real[tool]}' "$@"
`,
    );
    chmodSync(path, 0o755);
    return path;
  };
  const paths = { ytdlp: script('ytdlp'), ffmpeg: script('ffmpeg') };
  const stateOf = (tool: Tool): string => join(folder, `${tool}-faults`);
  return {
    paths,
    arm(tool, how, nth, times) {
      for (let call = nth; call < nth + times; call += 1)
        writeFileSync(join(stateOf(tool), `how-${call}`), `${how}\n`);
    },
    disarm() {
      for (const tool of ['ytdlp', 'ffmpeg'] as const) {
        for (const name of existsSync(stateOf(tool)) ? readdirSync(stateOf(tool)) : [])
          if (name.startsWith('how-')) rmSync(join(stateOf(tool), name));
      }
    },
    spoiled: () =>
      (['ytdlp', 'ffmpeg'] as const)
        .flatMap((tool) => readdirSync(stateOf(tool)))
        .filter((name) => name.startsWith('spoiled-')).length,
  };
}
