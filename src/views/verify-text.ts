import { relative } from 'node:path';
import { causes, isFetchable, isRewritable, type Cause, type Finding } from '../library/verify/findings.ts';
import type { LibrarySong } from '../library/songs.ts';
import { songName } from '../tracks/song-name.ts';
import { playlists, songs } from '../tracks/song-count.ts';
import type { ToneLine } from '../ui/prompter.ts';

/** What a check of the library is told in. All pure. */

const samples = 5;

const titles: Readonly<Record<Cause, (many: number) => string>> = {
  broken: (many) => `${songs(many)} broken`,
  silent: (many) => `${songs(many)} silent`,
  gone: (many) => `${songs(many)} missing`,
  different: (many) => `${songs(many)} that may be the wrong recording`,
  length: (many) => `${songs(many)} of another length than expected`,
  short: (many) => `${songs(many)} very short`,
  doubtful: (many) => `${songs(many)} that couldn't be proven`,
  playlist: (many) => `${playlists(many)} with missing songs`,
  link: (many) => `${many === 1 ? '1 link' : `${many} links`} to nowhere`,
  tags: (many) => `${songs(many)} without a title or artist`,
  cover: (many) => `${songs(many)} without a cover`,
};

/** What the user can do where a download and new playlist files don't help. */
const remedies: Readonly<Partial<Record<Cause, string>>> = {
  different: 'Choose other matches with harmoni review redo NAME.',
  doubtful: 'If one is the wrong recording, choose another with harmoni review redo NAME.',
  length: 'If one is the wrong recording, choose another with harmoni review redo NAME.',
  link: 'Remove them, or connect the disk they lead to.',
  tags: 'Run harmoni library enrich to look them up.',
  cover: 'Run harmoni library enrich to look for them.',
};

/** How many songs were compared, and whether they're right. */
export function recordingsText(songsOfAll: readonly LibrarySong[], findings: readonly Finding[]): string {
  const many = songsOfAll.filter(({ facts }) => facts.heard !== undefined).length;
  if (many === 0) return 'No songs have been compared.';
  const compared = `${songs(many)} ${many === 1 ? 'has' : 'have'} been compared`;
  return findings.length === 0 ? `${compared}. No wrong recordings found.` : `${compared}.`;
}

/** What was found, by cause, with the first few of each. */
export function findingLines(findings: readonly Finding[], library: string): readonly ToneLine[] {
  return causes.flatMap((cause): readonly ToneLine[] => {
    const some = findings.filter((one) => one.cause === cause);
    if (some.length === 0) return [];
    const shown = some
      .slice(0, samples)
      .map((one): ToneLine => ({ text: `  ${lineOf(one, library)}`, tone: 'dim' }));
    const more: readonly ToneLine[] =
      some.length > samples ? [{ text: `  and ${some.length - samples} more`, tone: 'dim' }] : [];
    const isBad = ['broken', 'silent', 'gone', 'different'].includes(cause);
    const own = some.filter((one) => (cause === 'broken' || cause === 'silent') && !isFetchable(one)).length;
    const kept = cause === 'playlist' ? some.filter((one) => !isRewritable(one)).length : 0;
    const said = remedies[cause];
    return [
      { text: titles[cause](some.length), tone: isBad ? 'fail' : 'warn' },
      ...shown,
      ...more,
      ...(own > 0 ? [{ text: `  ${notMade(own, some.length)}` }] : []),
      ...(kept > 0
        ? [
            {
              text: `  You made or changed ${playlists(kept)} of these, so HARMONI leaves ${kept === 1 ? 'it' : 'them'} alone.`,
            },
          ]
        : []),
      ...(said === undefined ? [] : [{ text: `  ${said}` }]),
    ];
  });
}

function notMade(own: number, all: number): string {
  if (own === 1) return `HARMONI didn't make ${all === 1 ? 'it' : '1 of them'}, so it won't replace it.`;
  return `HARMONI didn't make ${own === all ? 'them' : `${own} of them`}, so it won't replace them.`;
}

function lineOf({ path, detail, track }: Finding, library: string): string {
  const what = track === undefined ? relative(library, path) : songName(track.artist, track.track);
  return `${what}: ${detail}`;
}

/** "Download 3 songs again and update 1 playlist?"; undefined where nothing can be repaired. */
export function repairQuestion(findings: readonly Finding[]): string | undefined {
  const fetchable = findings.filter(isFetchable).length;
  const lists = findings.filter(isRewritable).length;
  if (fetchable + lists === 0) return undefined;
  const parts = [
    ...(fetchable > 0 ? [`download ${songs(fetchable)} again`] : []),
    ...(lists > 0 ? [`update ${playlists(lists)}`] : []),
  ];
  const text = parts.join(' and ');
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}?`;
}

/** How many there are of each cause. */
export function findingCounts(findings: readonly Finding[]): Readonly<Partial<Record<Cause, number>>> {
  return Object.fromEntries(
    [...Map.groupBy(findings, ({ cause }) => cause)].map(([cause, some]) => [cause, some.length]),
  );
}
