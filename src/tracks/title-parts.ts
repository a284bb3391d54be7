import { isDecorationPiece } from './decoration.ts';
import { foldWords } from './fold.ts';
import { findVersions, isYear, type Version } from './version-words.ts';

/** A title taken apart. Words are folded (`foldWords`). */
export interface TitleParts {
  /** Without credits, version words and decoration; never empty for a title that is not. */
  readonly name: readonly string[];
  /** `name` without what stands in brackets: the part that every spelling of the title has. */
  readonly core: readonly string[];
  readonly versions: readonly Version[];
  /** Guests credited in the title, as written. */
  readonly featuring: readonly string[];
  /** Pieces that say nothing about the recording, as written: "Official Video", "HD". */
  readonly decoration: readonly string[];
}

const innermostBracket = /[([{【〔〈《<]([^()[\]{}【】〔〕〈〉《》<>]*)[)\]}】〕〉》>]/u;
const dashes = /\s+[-–—]+\s+/u;
const creditPiece = /^(?:feat(?:uring)?|ft|with(?=\s+[\p{Lu}\p{Lo}$]))\b\.?\s*(.+)$/u;
const creditTail = /(?<!\d)\s+(?:feat(?:uring)?|ft)(?:\.\s*|\s+)(\S.*)$/iu;
const bracketMark = /\u0001(\d+)\u0001/gu;
const nameSeparators = /\s*(?:,|;|&|\+|\/|\s(?:and|x|with)\s)\s*/iu;

// Without brackets or a dash only these, at the end, are no part of the name ("Remix" yes, "Alive" and "Demo" no).
const bareTails = new Set(['part', 'remaster', 'karaoke', 'nightcore', 'sped up', 'radio', 'extended']);

/** What a title says beside its name, in the order in which it is found. */
interface Findings {
  readonly versions: Version[];
  readonly featuring: string[];
  readonly decoration: string[];
}

/** Takes a title apart, as Spotify, YouTube Music or a file name has it. */
export function readTitle(title: string): TitleParts {
  const found: Findings = { versions: [], featuring: [], decoration: [] };
  const { marked, unmark } = takeBrackets(title.normalize('NFKC'), found);
  const [first = '', ...others] = marked.split(dashes);
  const kept = [
    first,
    ...others.filter((piece) => piece.trim() !== '' && !takePiece(piece.trim(), 'dash', found)),
  ];
  const text = kept.map((piece) => takeCredit(piece, found)).join(' ');
  const name = cutTail(unmark(text));
  const core = cutTail(text.replace(bracketMark, ' '));
  if (name.words.length === 0) {
    const all = foldWords(title);
    return { name: all, core: all, ...found, versions: [] };
  }
  const tail = core.tail ?? name.tail;
  if (tail !== undefined) found.versions.push(tail);
  return { name: name.words, core: core.words.length > 0 ? core.words : name.words, ...found };
}

/** What makes a recording another one, as a title says it: "Live", "Remastered 2011"; undefined for none. */
export function versionText(title: string): string | undefined {
  const words = [...new Set(readTitle(title).versions.map(({ text }) => text))].join(' ');
  return words === '' ? undefined : words.replaceAll(/(?<!\p{L})\p{Ll}/gu, (letter) => letter.toUpperCase());
}

/**
 * Takes the brackets out of a title, the innermost first. Those that belong to its name leave a mark, because they
 * hide dashes and credits from what is read next; `unmark` puts their text back.
 */
function takeBrackets(
  title: string,
  found: Findings,
): { readonly marked: string; readonly unmark: (text: string) => string } {
  const ofName: string[] = [];
  const unmark = (text: string) => text.replace(bracketMark, (_, at: string) => ofName[Number(at)] ?? '');
  let marked = title;
  for (let hit = innermostBracket.exec(marked); hit !== null; hit = innermostBracket.exec(marked)) {
    const inside = unmark(hit[1] ?? '').trim();
    const mark =
      inside === '' || takePiece(inside, 'bracket', found)
        ? ' '
        : ` \u0001${String(ofName.push(inside) - 1)}\u0001 `;
    marked = marked.slice(0, hit.index) + mark + marked.slice(hit.index + hit[0].length);
  }
  return { marked, unmark };
}

/** True when the piece was something else than name, which is then among the findings. */
function takePiece(piece: string, place: 'bracket' | 'dash', found: Findings): boolean {
  const credit = creditPiece.exec(piece.replace(/^(?:F[Ee][Aa][Tt]|F[Tt])/u, (word) => word.toLowerCase()));
  if (credit?.[1] !== undefined) {
    found.featuring.push(...splitNames(credit[1]));
    return true;
  }
  const words = foldWords(piece);
  const hits = findVersions(words);
  if (hits.length > 0 && (place === 'bracket' || atAnEnd(hits, words))) {
    found.versions.push(...hits);
    return true;
  }
  if (words.length > 0 && isDecorationPiece(piece, words)) {
    found.decoration.push(piece);
    return true;
  }
  return false;
}

/** The piece without the credit at its end. */
function takeCredit(piece: string, found: Findings): string {
  const credit = creditTail.exec(piece);
  if (credit?.[1] === undefined) return piece;
  found.featuring.push(...splitNames(credit[1].replace(bracketMark, '')));
  return piece.slice(0, credit.index);
}

function splitNames(text: string): string[] {
  return text.split(nameSeparators).filter((name) => name !== '');
}

function atAnEnd(hits: readonly { start: number; end: number }[], words: readonly string[]): boolean {
  return (
    hits.some(
      (hit) => hit.start === 0 || words.slice(hit.end).every((word) => isYear(word) || word === 'version'),
    ) || /^(?:recorded|performed|\d+)$/.test(words[0] ?? '')
  );
}

/** The words of a name, and the version that stands at its end without brackets. */
function cutTail(text: string): { readonly words: readonly string[]; readonly tail: Version | undefined } {
  const words = text.trim() === '' ? [] : foldWords(text);
  const hit = findVersions(words).find(
    ({ start, end, kind, text: found }) =>
      start > 0 && end === words.length && (bareTails.has(kind) || /^(?:remix|rmx)$/.test(found)),
  );
  if (hit === undefined) return { words, tail: undefined };
  const detail = hit.kind === 'part' ? hit.detail : '';
  return { words: words.slice(0, hit.start), tail: { kind: hit.kind, detail, text: hit.text } };
}
