/** The LRC format: lines of text, each behind one or more times ("[01:02.34]"), and fields about the song ("[ar:Name]"). */

const stamp = /\[(?:(\d{1,2}):)?(\d{1,3}):(\d{1,2}(?:\.\d{1,3})?)\]/g;
const stampsInFront = /^(?:\[(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:\.\d{1,3})?\]\s*)+/;
const offsetField = /^\[offset:\s*[+-]?\d+\s*\]$/i;
/** Times of single words, as enhanced LRC has them. */
const wordStamps = /<(?:\d{1,2}:)?\d{1,3}:\d{1,2}(?:\.\d{1,3})?>\s*/g;

/** A line of lyrics that has a time; in ms. */
interface TimedLine {
  readonly atMs: readonly number[];
  readonly text: string;
}

function readLines(lrc: string): readonly TimedLine[] {
  return lrc.split('\n').flatMap((line) => {
    const front = stampsInFront.exec(line)?.[0];
    if (front === undefined) return [];
    const atMs = Array.from(front.matchAll(stamp), ([, hours = '0', minutes = '0', seconds = '0']) =>
      Math.round((Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000),
    );
    return [{ atMs, text: line.slice(front.length).trim() }];
  });
}

/** Services round. */
const toleranceMs = 1_000;

/**
 * Whether synced lyrics fit a song of this length: they have lines at different times, and the last of them is sung before
 * the song ends. Services keep texts that somebody uploaded with all times 0, or for a longer recording. Pure.
 */
export function areSynced(lrc: string, durationMs: number): boolean {
  const times = readLines(lrc).flatMap(({ atMs, text }) => (text === '' ? [] : atMs));
  return new Set(times).size > 1 && Math.max(...times) <= durationMs + toleranceMs;
}

/** The lyrics without their times, in the order in which they are sung. Pure. */
export function withoutTimes(lrc: string): string {
  const lines = readLines(lrc);
  const sung = lines.flatMap(({ atMs, text }) => atMs.map((ms) => ({ ms, text })));
  const inOrder = lines.some(({ atMs }) => atMs.length > 1) ? sung.toSorted((a, b) => a.ms - b.ms) : sung;
  return cleanText(inOrder.map(({ text }) => text.replace(wordStamps, '')).join('\n'));
}

/** Lyrics that are to be without times, and sometimes are not. Pure. */
export function plainText(text: string): string {
  const lines = cleanText(text).split('\n');
  return cleanText(lines.map((line) => line.replace(stampsInFront, '').replace(wordStamps, '')).join('\n'));
}

/** The lines with times, without the fields that somebody put before them, but for the offset. Pure. */
export function timedLines(lrc: string): string {
  const lines = cleanText(lrc).split('\n');
  return lines.filter((line) => stampsInFront.test(line) || offsetField.test(line)).join('\n');
}

/** Lyrics as every reader gives them back: lines that end in LF, no control characters, nothing around them. Pure. */
export function cleanText(text: string): string {
  return text
    .replaceAll(/\r\n?|[\u2028\u2029\v\f\u0085]/g, '\n')
    .replaceAll(/[\ufeff\u0000-\u0008\u000e-\u001f\u007f-\u009f]/g, '')
    .toWellFormed()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
}

/** A field in front of the lyrics. Pure. */
export function lrcField(name: string, value: string): string {
  return `[${name}:${value.replaceAll(/[\s[\]]+/g, ' ').trim()}]`;
}
