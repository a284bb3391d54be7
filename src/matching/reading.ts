import { isDecoration } from '../tracks/decoration.ts';
import { findVersions, isYear, type Version } from '../tracks/version-words.ts';
import { cutPieces, type Piece } from './pieces.ts';
import type { Name, TrackProfile } from './track-profile.ts';
import { sameness, type Word } from './words.ts';

/** An upload's title read with the track in mind: every word is explained, or left over. */
export interface Reading {
  /** 0..1, how much of the track's title was found. */
  readonly titleFound: number;
  /** Weight of the unexplained words in the title's own piece: "Mercy Mercy Me" for "Mercy". */
  readonly besideTitle: number;
  /** Weight of the unexplained words in the other pieces: perhaps another artist. */
  readonly elsewhere: number;
  /** 0..1 for the main artist, and for the best of the others. */
  readonly mainArtist: number;
  readonly otherArtist: number;
  readonly albumNamed: boolean;
  readonly versions: readonly Version[];
  /** Another name stands where the artist's should: "Somebody Else - Song (Artist)". */
  readonly playedByOthers: boolean;
  /** The title calls itself official. */
  readonly official: boolean;
  /** Guests in the title that the track does not have. */
  readonly strangeGuests: readonly string[];
}

type Role = 'title' | 'artist' | 'album' | 'version' | 'credit' | 'decoration';

/** The words of a title in one row, with what each was found to be. */
interface Row {
  readonly words: readonly Word[];
  readonly pieces: readonly Piece[];
  /** Index of the piece of each word. */
  readonly pieceOf: readonly number[];
  readonly roles: (Role | undefined)[];
}

const creditWords = new Set(['feat', 'ft', 'featuring']);
const linkWords = new Set(
  'by plays played playing performs performed sings sung presents con avec from with vs x'.split(' '),
);

/** Reads an upload's title: finds the track's title, its artists and album, then what else the words are. */
export function readUpload(title: string, profile: TrackProfile): Reading {
  const pieces = cutPieces(title);
  const row: Row = {
    pieces,
    words: pieces.flatMap((piece) => piece.words),
    pieceOf: pieces.flatMap((piece, index) => piece.words.map(() => index)),
    roles: pieces.flatMap((piece) => piece.words.map(() => undefined)),
  };
  const titleFound = findTitle(row, profile);
  const [main, ...others] = profile.artists;
  const mainArtist = Math.max(main === undefined ? 0 : findName(row, main, 'artist'), 0);
  const otherArtist = Math.max(0, ...others.map((name) => findName(row, name, 'artist')));
  const byPieces = Math.max(0, ...profile.artistPieces.map((name) => 0.8 * findName(row, name, 'artist')));
  const versions = markVersions(row);
  const albumNamed =
    profile.album !== undefined &&
    profile.album.joined !== profile.title.joined &&
    findName(row, profile.album, 'album') === 1;
  const strangeGuests = markCredits(row, profile);
  markDecoration(row);
  return {
    titleFound,
    ...weighLeftOver(row),
    playedByOthers: othersPlay(row),
    official: row.words.some(
      (word, at) => row.roles[at] !== 'title' && /^(?:off?ici[ae]l|ufficial|offiziell)/.test(word.latin),
    ),
    mainArtist: Math.max(mainArtist, byPieces),
    otherArtist,
    albumNamed,
    versions,
    strangeGuests,
  };
}

function findTitle(row: Row, { title, core }: TrackProfile): number {
  for (const name of core === title || core.joined === title.joined ? [title] : [title, core]) {
    const at = bestWindow(row, name);
    if (at === undefined) continue;
    for (let index = at.start; index < at.end; index += 1) row.roles[index] = 'title';
    if (name === core) markWords(row, title, 'title');
    return 1;
  }
  const found = markWords(row, title, 'title');
  if (core.joined === title.joined) return found;
  return Math.max(found, 0.95 * coverage(row, core));
}

/** Where the name stands whole, its words joined in any way; of several places the one with the least beside it. */
function bestWindow(row: Row, name: Name): { start: number; end: number } | undefined {
  let best: { start: number; end: number; beside: number } | undefined;
  for (let start = 0; start < row.words.length; start += 1) {
    let text = '';
    for (let end = start; end < row.words.length && text.length < name.joined.length; end += 1) {
      if (row.roles[end] !== undefined) break;
      text += row.words[end]?.latin ?? '';
      if (text !== name.joined) continue;
      const own = row.pieces[row.pieceOf[start] ?? 0];
      const beside = (own?.words.length ?? 0) - (end + 1 - start);
      if (best === undefined || beside < best.beside) best = { start, end: end + 1, beside };
    }
  }
  return best ?? insideWord(row, name);
}

const ascii = /^[\x20-\x7e]*$/;

/** Scripts without spaces: the name may be a part of one long word. */
function insideWord(row: Row, name: Name): { start: number; end: number } | undefined {
  if (ascii.test(name.text) || name.joined.length < 4) return undefined;
  const start = row.words.findIndex(
    (word, at) => row.roles[at] === undefined && !ascii.test(word.folded) && word.latin.includes(name.joined),
  );
  return start < 0 ? undefined : { start, end: start + 1 };
}

/** Finds a name whole (1), or as many of its words as there are; half of them or less is nothing. */
function findName(row: Row, name: Name, role: Role): number {
  const at = bestWindow(row, name);
  if (at !== undefined) {
    for (let index = at.start; index < at.end; index += 1) row.roles[index] = role;
    return 1;
  }
  // The words of an album are explained even when there are few of them; half an artist is nobody.
  return 0.9 * markWords(row, name, role, role === 'album' ? 0 : 0.5);
}

/** Marks the words of a name wherever they stand; how much of the name that was, or 0 for `least` and less. */
function markWords(row: Row, name: Name, role: Role, least = 0): number {
  let found = 0;
  const places: number[] = [];
  for (const wanted of name.words) {
    let best = -1;
    let bestSameness = 0;
    for (let index = 0; index < row.words.length && bestSameness < 1; index += 1) {
      if (row.roles[index] !== undefined || places.includes(index)) continue;
      const same = sameness(wanted.latin, row.words[index]?.latin ?? '');
      if (same > bestSameness) [best, bestSameness] = [index, same];
    }
    if (best < 0) continue;
    places.push(best);
    found += wanted.weight * bestSameness;
  }
  const share = name.weight === 0 ? 0 : found / name.weight;
  if (share <= least) return 0;
  for (const place of places) row.roles[place] = role;
  return share;
}

function coverage(row: Row, name: Name): number {
  let found = 0;
  for (const wanted of name.words) {
    found += wanted.weight * Math.max(0, ...row.words.map((word) => sameness(wanted.latin, word.latin)));
  }
  return name.weight === 0 ? 0 : found / name.weight;
}

/** Reads the version words of each piece; what stands with them in a bracket, or after "live", belongs to them. */
function markVersions(row: Row): readonly Version[] {
  const versions: Version[] = [];
  row.pieces.forEach((piece, pieceIndex) => {
    const indexes = [...row.words.keys()].filter(
      (at) => row.pieceOf[at] === pieceIndex && row.roles[at] !== 'title',
    );
    const hits = findVersions(indexes.map((at) => row.words[at]?.folded ?? '')).filter((hit) =>
      indexes.slice(hit.start, hit.end).some((at) => row.roles[at] !== 'artist'),
    );
    versions.push(...hits);
    const from = piece.bracketed ? 0 : Math.min(...hits.map((hit) => hit.start));
    for (const at of hits.length === 0 ? [] : indexes.slice(from)) row.roles[at] ??= 'version';
  });
  return versions;
}

function markCredits(row: Row, { artists }: TrackProfile): readonly string[] {
  const strange: string[] = [];
  for (let at = 0; at < row.words.length; at += 1) {
    if (!creditWords.has(row.words[at]?.latin ?? '') || row.roles[at] === 'title') continue;
    const guests: string[] = [];
    let known = false;
    const piece = row.pieceOf[at];
    for (let next = at; next < row.words.length && row.pieceOf[next] === piece; next += 1) {
      if (row.roles[next] === 'artist') known = true;
      else if (row.roles[next] === undefined && next > at) guests.push(row.words[next]?.folded ?? '');
      row.roles[next] ??= 'credit';
    }
    if (!known && guests.length > 0 && artists.length > 0) strange.push(guests.join(' '));
  }
  return strange;
}

function markDecoration(row: Row): void {
  row.words.forEach((word, at) => {
    // "01 Title", "Artist - 08 Title"
    const leadingNumber =
      row.pieceOf[at] !== row.pieceOf[at - 1] && row.words.length > 1 && /^\d{1,2}$/.test(word.latin);
    if (leadingNumber || isDecoration(word.folded) || isYear(word.latin) || linkWords.has(word.latin)) {
      row.roles[at] ??= 'decoration';
    }
  });
}

function weighLeftOver(row: Row): { besideTitle: number; elsewhere: number } {
  const own = new Set(row.roles.flatMap((role, at) => (role === 'title' ? [row.pieceOf[at]] : [])));
  let besideTitle = 0;
  let elsewhere = 0;
  row.words.forEach((word, at) => {
    if (row.roles[at] !== undefined) return;
    const piece = row.pieceOf[at] ?? 0;
    if (own.has(piece)) besideTitle += word.weight;
    else elsewhere += row.pieces[piece]?.bracketed === true ? word.weight / 2 : word.weight;
  });
  return { besideTitle, elsewhere };
}

/** "Somebody Else - Song (Artist)": the artist only in a bracket of its own, and a piece outside brackets that is nobody's. */
function othersPlay(row: Row): boolean {
  const rolesOf = (index: number) => row.roles.filter((_, at) => row.pieceOf[at] === index);
  const artistPieces = row.pieces.filter((_, index) => rolesOf(index).includes('artist'));
  const inBracketAlone = row.pieces.some(
    (piece, index) => piece.bracketed && rolesOf(index).every((role) => role === 'artist'),
  );
  if (!inBracketAlone || artistPieces.some((piece) => !piece.bracketed)) return false;
  return row.pieces.some(
    (piece, index) => !piece.bracketed && rolesOf(index).every((role) => role === undefined),
  );
}
