import { isPlain } from './plain.ts';
import { canUnicode } from './theme.ts';

/** Draws a part of a whole in exactly so many columns. */
type Bar = (share: number, columns: number) => string;

/** Each an eighth of a column wider. */
const eighths = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** Blocks, to an eighth of a column. What isn't nothing shows. */
const blocks: Bar = (share, columns) => {
  const parts = partsOf(share, columns * 8);
  return ('█'.repeat(Math.floor(parts / 8)) + (eighths[parts % 8] ?? '')).padEnd(columns);
};

const signs: Bar = (share, columns) => '#'.repeat(partsOf(share, columns)).padEnd(columns);

function partsOf(share: number, most: number): number {
  const bounded = Number.isFinite(share) ? Math.min(1, Math.max(0, share)) : 0;
  return bounded === 0 ? 0 : Math.max(1, Math.round(bounded * most));
}

/** What a terminal can show of a chart. */
export interface Drawing {
  readonly bar: Bar;
  readonly ellipsis: string;
}

export function drawingFor(env: Readonly<Record<string, string | undefined>>): Drawing {
  return isPlain(env) || !canUnicode(env) ? { bar: signs, ellipsis: '...' } : { bar: blocks, ellipsis: '…' };
}
