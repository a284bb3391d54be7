import { keptParts, type Cut } from '../tracks/cut.ts';

/** How ffmpeg leaves parts out. */

const seconds = (ms: number): string => (ms / 1000).toFixed(3);

/** The filter that leaves them out of what is encoded; "" for none. Pure. */
export function selectFilter(cuts: readonly Cut[]): string {
  if (cuts.length === 0) return '';
  const inside = cuts.map(({ fromMs, toMs }) => `gte(t,${seconds(fromMs)})*lt(t,${seconds(toMs)})`);
  return `aselect='not(${inside.join('+')})',asetpts=N/SR/TB`;
}

const filterOption = /^-(?:af|filter(?::a)?(?::0)?)$/;

/** Output arguments with the filter, before the user's own: ffmpeg takes only the last one. Pure. */
export function withSelectFilter(args: readonly string[], cuts: readonly Cut[]): readonly string[] {
  const filter = selectFilter(cuts);
  if (filter === '') return args;
  const last = args.findLastIndex((arg, at) => at % 2 === 0 && filterOption.test(arg));
  if (last < 0) return [...args, '-af', filter];
  return args.map((arg, at) => (at === last + 1 ? `${filter},${arg}` : arg));
}

/** The list for ffmpeg's concat demuxer, which copies what stays. Pure. @param endMs the length of the file */
export function concatList(path: string, cuts: readonly Cut[], endMs: number): string {
  const file = `file '${path.replaceAll("'", String.raw`'\''`)}'`;
  const parts = keptParts(cuts, endMs).map(({ fromMs, toMs }) =>
    [
      file,
      ...(fromMs > 0 ? [`inpoint ${seconds(fromMs)}`] : []),
      ...(toMs === undefined ? [] : [`outpoint ${seconds(toMs)}`]),
    ].join('\n'),
  );
  return `${['ffconcat version 1.0', ...parts].join('\n')}\n`;
}
