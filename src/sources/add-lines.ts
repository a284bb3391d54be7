import { exitCodeOf, HarmoniError } from '../errors.ts';
import type { RowCollector } from './collect-rows.ts';
import type { ReadOptions } from './source.ts';
import type { SongLine } from './song-line.ts';

/**
 * Adds lines to a list; what a link leads to takes its place. A link that leads nowhere costs only its row.
 * @throws HarmoniError where a sign-in is missing, and source-too-large
 */
export async function addLines(
  collector: RowCollector,
  lines: readonly SongLine[],
  options: ReadOptions,
): Promise<void> {
  const total = lines.filter((line) => 'link' in line).length;
  let done = 0;
  for (const line of lines) {
    if (!('link' in line)) {
      collector.add(line);
      continue;
    }
    if (total > 1) options.onProgress?.({ what: 'the links in it', done, total });
    await addLink(collector, line.link, options);
    done += 1;
  }
}

async function addLink(collector: RowCollector, link: string, options: ReadOptions): Promise<void> {
  const { signal, readLink } = options;
  signal.throwIfAborted();
  try {
    if (readLink === undefined)
      throw new HarmoniError('source-not-understood', `HARMONI can't read ${link}.`);
    for (const { tracks, skipped } of await readLink(link)) {
      for (const track of tracks) collector.add({ track });
      for (const { reason, text } of skipped) {
        collector.add({ skipped: { reason, ...(text === undefined ? {} : { text }) } });
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof HarmoniError) || exitCodeOf(error.code) === 4) throw error;
    if (error.code === 'source-too-large') throw error;
    collector.add({ skipped: { reason: error.message, text: link } });
  }
}
