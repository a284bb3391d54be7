import { runProcess } from '../system/process.ts';

/** What people are told of one that doesn't, and what they can do. */
export const noChromaprint = {
  message: "This ffmpeg has no Chromaprint, so songs can't be compared by sound.",
  fix: 'Run harmoni doctor to see how to get one that has it.',
} as const;

const known = new Map<string, Promise<boolean>>();
const timeoutMs = 10_000;

/**
 * Whether an ffmpeg makes fingerprints: Debian's and HARMONI's own do, Homebrew's doesn't. Asked once. One that can't be asked
 * makes none.
 */
export function hasChromaprint(ffmpegPath: string): Promise<boolean> {
  let answer = known.get(ffmpegPath);
  if (answer === undefined) {
    answer = ask(ffmpegPath);
    known.set(ffmpegPath, answer);
  }
  return answer;
}

async function ask(ffmpegPath: string): Promise<boolean> {
  try {
    const { stdout } = await runProcess(ffmpegPath, ['-hide_banner', '-muxers'], { timeoutMs });
    return /^\s*E\s+chromaprint\s/m.test(stdout);
  } catch {
    return false;
  }
}
