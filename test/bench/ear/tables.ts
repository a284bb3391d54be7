import { leastOther, mostProven } from '../../../src/ear/judge.ts';
import type { Verdict } from '../../../src/tracks/heard.ts';
import { chains, type Kind } from './chains.ts';
import type { Costs } from './costs.ts';
import { isOther, quantile, shareOf, type Fit, type Group } from './fits.ts';
import type { Searched, SearchedOthers } from './speeds.ts';

/** All that was measured. */
export interface Measured {
  readonly songs: number;
  readonly own: readonly Group[];
  readonly clips: readonly Group[];
  readonly others: readonly Group[];
  readonly generated: readonly Group[];
  readonly searched: readonly Searched[];
  readonly searchedOthers: SearchedOthers;
  readonly costs: Costs;
}

/** The fits of all chains of a kind. */
export function fitsOf(own: readonly Group[], kind: Kind): readonly Fit[] {
  const names = chains.filter((chain) => chain.kind === kind).map(({ name }) => name);
  return own.filter(({ name }) => names.includes(name)).flatMap(({ fits }) => fits);
}

/** All figures as tables in Markdown. Pure. */
export function figures(measured: Measured): string {
  const { own, clips, others, generated, searched, searchedOthers, costs } = measured;
  const kind = (wanted: Kind): readonly Group[] => {
    const names = chains.filter((chain) => chain.kind === wanted).map(({ name }) => name);
    return own.filter(({ name }) => names.includes(name));
  };
  return [
    ...['### The same recording', '', ...ownTable([...kind('ordinary'), ...kind('rough')]), ''],
    ...['Other clips, with all the ordinary encodings:', '', ...ownTable(clips), ''],
    ...['### Another song', '', ...othersTable(others), ''],
    ...[
      '### The same song, with something else in it',
      '',
      ...ownTable([...kind('mixed'), ...named(generated, 'generated music: ')]),
      '',
    ],
    ...['### At another speed or pitch', '', ...speedTable(kind('retuned'), searched), ''],
    othersAtSpeeds(searchedOthers),
    '',
    unfound(searched),
    ...['', '### Other thresholds', '', ...thresholdTable(measured), ''],
    ...['### What it costs', '', ...costTable(costs)],
  ].join('\n');
}

function named(groups: readonly Group[], before: string): readonly Group[] {
  return groups.map(({ name, fits }) => ({ name: before + name, fits }));
}

function ownTable(groups: readonly Group[]): readonly string[] {
  return table(
    [
      '',
      'compared',
      'error: middle',
      '98 %',
      'most',
      'worst 4 s: middle',
      '98 %',
      'most',
      'proven',
      'doubtful',
      'unchecked',
      'other',
    ],
    groups.map(({ name, fits }) => [
      name,
      String(fits.length),
      ...spread(fits, 0.98),
      ...verdictsOf(fits),
      share(fits, isOther),
    ]),
  );
}

function spread(fits: readonly Fit[], high: number): readonly string[] {
  return [fits.map(({ bitError }) => bitError), fits.map(({ worst }) => worst)].flatMap((values) =>
    [0.5, high, 1].map((part) => quantile(values, part).toFixed(3)),
  );
}

function verdictsOf(fits: readonly Fit[]): readonly string[] {
  return (['proven', 'doubtful', 'unchecked'] as const).map((wanted) =>
    share(fits, ({ verdict }) => verdict === wanted),
  );
}

function othersTable(groups: readonly Group[]): readonly string[] {
  return table(
    ['', 'pairs', 'error: least', '0.1 %', 'middle', 'proven', 'other', 'the least is'],
    groups.map(({ name, fits }) => {
      const errors = fits.map(({ bitError }) => bitError);
      const lowest = quantile(errors, 0);
      const least = fits.find(({ bitError }) => bitError === lowest);
      const proven = fits.filter(({ verdict }) => verdict === 'proven').length;
      return [
        ...[name, String(fits.length), ...[0, 0.001, 0.5].map((part) => quantile(errors, part).toFixed(3))],
        ...[String(proven), share(fits, isOther), least?.of ?? ''],
      ];
    }),
  );
}

function speedTable(groups: readonly Group[], searched: readonly Searched[]): readonly string[] {
  return table(
    [
      '',
      'error as it is: least',
      'middle',
      'proven as it is',
      'searched',
      'found',
      'speed off by at most',
      'pitch',
      'error: most',
      ...verdictNames,
    ],
    groups.map(({ name, fits }) => {
      const errors = fits.map(({ bitError }) => bitError);
      const own = searched.filter(({ chain }) => chain === name);
      const found = own.flatMap((one) => one.found ?? []);
      const most = (of: readonly number[], digits: number, factor = 1): string =>
        of.length === 0 ? '' : (quantile(of, 1) * factor).toFixed(digits);
      return [
        ...[name, quantile(errors, 0).toFixed(3), quantile(errors, 0.5).toFixed(3)],
        share(fits, ({ verdict }) => verdict === 'proven'),
        ...[String(own.length), String(found.length)],
        `${most(
          found.map(({ speedOff }) => speedOff),
          1,
          100,
        )} %`,
        `${most(
          found.map(({ pitchOff }) => pitchOff),
          1,
          100,
        )} %`,
        most(
          found.map(({ bitError }) => bitError),
          3,
        ),
        ...verdictNames.map((wanted) => String(own.filter(({ verdict }) => verdict === wanted).length)),
      ];
    }),
  );
}

const verdictNames: readonly Verdict[] = ['proven', 'doubtful', 'different'];

function othersAtSpeeds({ least, again, found }: Measured['searchedOthers']): string {
  return `Other songs at all speeds: of ${least.length} pairs, the least error of the first look was ${quantile(least, 0).toFixed(3)} (0.1 %: ${quantile(least, 0.001).toFixed(3)}, middle: ${quantile(least, 0.5).toFixed(3)}). ${again} were looked at again, and ${found.length} were taken for the song at another speed${found.length === 0 ? '' : ` (${found.join('; ')})`}.`;
}

/** A search must not find a speed where there's none. */
function unfound(searched: readonly Searched[]): string {
  const kept = chains.filter(({ kind }) => kind !== 'retuned').map(({ name }) => name);
  const own = searched.filter(({ chain }) => kept.includes(chain));
  const taken = own.filter(({ found }) => found !== undefined).map(({ chain, song }) => `${song}: ${chain}`);
  return `At their own speed, badly treated or mixed: of ${own.length}, ${own.filter(({ verdict }) => verdict !== 'proven').length} weren't proven and were searched, and ${taken.length} were taken for the song at another speed${taken.length === 0 ? '' : ` (${taken.join('; ')})`}.`;
}

function thresholdTable({ own, others }: Measured): readonly string[] {
  const [whole] = others;
  const voices = own.filter(({ name }) => name.includes('a voice'));
  const columns = [
    ...(['ordinary', 'rough'] as const).map((kind) => ({
      name: `${kind}: rejected`,
      fits: fitsOf(own, kind),
      isRight: true,
    })),
    ...voices.map(({ name, fits }) => ({ name: `${name}: accepted`, fits, isRight: false })),
    { name: 'another song: accepted', fits: whole?.fits ?? [], isRight: false },
  ];
  return table(
    ['error up to', 'worst 4 s', ...columns.map(({ name }) => name)],
    [0.05, 0.06, 0.07, 0.08, 0.1, 0.12, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4].flatMap((bitError) =>
      [bitError * 1.4, 0.5].map((worst) => [
        `${bitError}${bitError === mostProven.bitError && worst < 0.5 ? ' (HARMONI)' : ''}`,
        worst === 0.5 ? 'any' : worst.toFixed(2),
        ...columns.map(({ fits, isRight }) =>
          share(fits, (fit) => (fit.bitError <= bitError && fit.worst <= worst) !== isRight),
        ),
      ]),
    ),
  );
}

function costTable({
  songMs,
  longMs,
  clipCpu,
  beginningCpu,
  wholeCpu,
  foundCpu,
  noneCpu,
}: Costs): readonly string[] {
  return table(
    ['', ''],
    [
      ["a clip of 30 s in a song of 4 minutes that it isn't from", `${songMs.toFixed(1)} ms`],
      ['a clip of 30 s in one of 2 hours', `${longMs.toFixed(0)} ms`],
      ['the fingerprints of a preview of 30 s', `${clipCpu.toFixed(2)} s of CPU`],
      ['the fingerprint of the first 75 s of a song in Opus', `${beginningCpu.toFixed(2)} s of CPU`],
      ['the fingerprint of its whole 3.5 minutes', `${wholeCpu.toFixed(2)} s of CPU`],
      ['the search for a speed, where it finds one', `${foundCpu.toFixed(2)} s of CPU`],
      ['the search for a speed, where it finds none', `${noneCpu.toFixed(2)} s of CPU`],
    ],
  );
}

/** "98.5 %"; what isn't none or all is never shown as that. */
function share<T>(items: readonly T[], is: (item: T) => boolean): string {
  const percent = shareOf(items, is) * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  return percent < 0.1 || percent > 99.9 ? `${percent.toFixed(3)} %` : `${percent.toFixed(1)} %`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

/** The lines that HARMONI draws. */
export const drawn = { ...mostProven, leastOther };
