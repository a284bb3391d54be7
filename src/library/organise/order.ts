import { numberedName } from '../../tracks/numbered-name.ts';

/** A file that goes from one path to another; absolute. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/** Disks may tell neither upper and lower case nor the forms of a letter apart. */
const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();

/**
 * Puts moves in an order in which every place is free when its file comes. Where songs change places in a circle, one of
 * them stops on its way, under a name of its own. Pure.
 */
export function orderMoves(moves: readonly Move[]): readonly Move[] {
  const byPlace = new Map(moves.map((move) => [keyOf(move.from), move]));
  const names = new Set(moves.flatMap(({ from, to }) => [keyOf(from), keyOf(to)]));
  const done = new Set<Move>();
  const ordered: Move[] = [];
  for (const first of moves) {
    const chain: Move[] = [];
    let stop: string | undefined;
    for (let move: Move | undefined = first; move !== undefined && !done.has(move);) {
      chain.push(move);
      done.add(move);
      const next = byPlace.get(keyOf(move.to));
      // A change of case alone is in nobody's way.
      if (next === first && next !== move) stop = freeNear(first.from, names);
      move = next === move ? undefined : next;
    }
    if (stop !== undefined) ordered.push({ from: first.from, to: stop });
    for (const move of chain.toReversed()) {
      ordered.push(move === first && stop !== undefined ? { from: stop, to: move.to } : move);
    }
  }
  return ordered;
}

function freeNear(path: string, names: Set<string>): string {
  const at = path.lastIndexOf('.');
  const [stem, extension] = at === -1 ? [path, ''] : [path.slice(0, at), path.slice(at)];
  for (let number = 2; ; number += 1) {
    const name = numberedName(`${stem} moving`, number, extension);
    if (names.has(keyOf(name))) continue;
    names.add(keyOf(name));
    return name;
  }
}
