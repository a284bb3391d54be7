import type { Growth } from '../../library/growth.ts';
import type { ListCount } from '../../library/statistics.ts';
import { grouped } from '../statistics-text.ts';
import { labelText, plainText } from './markup.ts';

/**
 * Charts as SVG, as wide as their place: what lies across is in percent, so letters keep their size on every screen. Text
 * never stands on a coloured area.
 */

/** What a chart is called, and what it says to those who don't see it. */
export interface ChartText {
  /** Of the whole page the only one. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

function svg({ id, title, description }: ChartText, height: number, content: string): string {
  return `<svg class="chart" role="img" aria-labelledby="${id}-title ${id}-text" width="100%" height="${height}">
<title id="${id}-title">${plainText(title)}</title><desc id="${id}-text">${plainText(description)}</desc>
${content}
</svg>`;
}

const round = (number: number): string => String(Math.round(number * 1000) / 1000);
const percent = (part: number): string => `${round(part * 100)}%`;

/** A name and its figure above each bar. Pure. */
export function barChart(
  text: ChartText,
  bars: readonly { readonly name: string; readonly value: number; readonly figure: string }[],
  whole = Math.max(...bars.map(({ value }) => value), 1),
): string {
  const step = 40;
  const rows = bars.map(({ name, value, figure }, index) => {
    const top = index * step;
    return `<text x="0" y="${top + 15}">${labelText(name, 30)}</text><text class="figure" x="100%" y="${top + 15}">${plainText(figure)}</text><rect class="rail" x="0" y="${top + 23}" width="100%" height="8" rx="4"/>${value === 0 ? '' : `<rect class="bar" x="0" y="${top + 23}" width="${percent(value / whole)}" height="8" rx="4"/>`}`;
  });
  return svg(text, bars.length * step, rows.join('\n'));
}

/** A year of release for each stroke, like a sound: the longer, the more songs. Pure. */
export function waveChart(
  text: ChartText,
  years: readonly { readonly year: number; readonly songs: number }[],
): string {
  const [first, last] = [years[0]?.year ?? 0, years.at(-1)?.year ?? 0];
  const top = Math.max(...years.map(({ songs }) => songs), 1);
  const room = last - first + 1;
  const [middle, most] = [110, 104];
  const width = Math.min(0.64 / room, 0.02);
  const strokes = years.map(({ year, songs }) => {
    // The square root leaves small years a stroke that can be seen.
    const height = Math.max(3, most * Math.sqrt(songs / top));
    const x = (year - first + 0.5) / room - width / 2;
    return `<rect class="stroke" x="${percent(x)}" y="${round(middle - height)}" width="${percent(width)}" height="${round(height * 2)}" rx="3"><title>${year}: ${grouped(songs)}</title></rect>`;
  });
  const line = `<line class="axis" x1="0" x2="100%" y1="${middle}" y2="${middle}"/>`;
  return svg(text, 252, [line, ...strokes, ...yearMarks(first, last)].join('\n'));
}

/** Not more than six, so that they don't touch on a telephone. */
function yearMarks(first: number, last: number): readonly string[] {
  const room = last - first + 1;
  const step = [1, 2, 5, 10, 20, 50, 100, 200, 500].find((each) => room / each <= 6) ?? 1000;
  const marks: string[] = [];
  for (let year = Math.ceil(first / step) * step; year <= last; year += step) {
    const x = (year - first + 0.5) / room;
    const anchor = x < 0.06 ? 'start' : x > 0.94 ? 'end' : 'middle';
    const at = anchor === 'start' ? 0 : anchor === 'end' ? 1 : x;
    marks.push(`<text class="mark" x="${percent(at)}" y="246" text-anchor="${anchor}">${year}</text>`);
  }
  return marks;
}

/** How many songs there were, month by month. Pure. */
export function growthChart(text: ChartText, months: readonly Growth[]): string {
  const top = Math.max(months.at(-1)?.total ?? 1, 1);
  const last = Math.max(months.length - 1, 1);
  const points = months.map(
    ({ total }, index) => `${round((index / last) * 1000)},${round(200 - (total / top) * 190)}`,
  );
  const [begin, end] = [points[0] ?? '0,200', points.at(-1) ?? '1000,200'];
  const line = months.length === 1 ? `0,10 1000,10` : points.join(' ');
  const [from, to] =
    months.length === 1 ? ['0', '1000'] : [begin.split(',')[0] ?? '0', end.split(',')[0] ?? '1000'];
  const area = `<polygon class="area" points="${from},200 ${line} ${to},200"/><polyline class="line" points="${line}"/>`;
  const names = [months[0]?.month ?? '', months.length > 1 ? (months.at(-1)?.month ?? '') : ''];
  return svg(
    text,
    232,
    `<svg x="0" y="0" width="100%" height="204" viewBox="0 0 1000 204" preserveAspectRatio="none" aria-hidden="true">${area}<line class="axis" x1="0" x2="1000" y1="201" y2="201"/></svg>
<text class="mark" x="0" y="226">${names[0] ?? ''}</text><text class="mark" x="100%" y="226" text-anchor="end">${names[1] ?? ''}</text>`,
  );
}

/** What each playlist has (filled), waits for (striped) and lacks (empty). Pure. */
export function listChart(text: ChartText, lists: readonly ListCount[]): string {
  const step = 40;
  const rows = lists.map(({ name, have, waiting, songs }, index) => {
    const top = index * step;
    const part = (kind: string, from: number, many: number): string =>
      many === 0
        ? ''
        : `<rect class="${kind}" x="${percent(from / songs)}" y="${top + 23}" width="${percent(many / songs)}" height="9"/>`;
    return `<text x="0" y="${top + 15}">${labelText(name, 22)}</text><text class="figure" x="100%" y="${top + 15}">${grouped(have)} of ${grouped(songs)}</text>
<rect class="lack" x="0" y="${top + 23}" width="100%" height="9"/>${part('bar', 0, have)}${part('wait', have, waiting)}`;
  });
  const stripes = `<defs><pattern id="${text.id}-stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="stripe" width="3" height="6"/></pattern></defs>`;
  return svg(text, lists.length * step, `${stripes}${rows.join('\n')}`).replaceAll(
    'class="wait"',
    `class="wait" fill="url(#${text.id}-stripes)"`,
  );
}
