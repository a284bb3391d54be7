/** Sizes of the picture, in its own units. */
const column = 8.4;
const row = 19;
const margin = 18;

/** The colours that HARMONI uses, by their SGR code: on a dark ground, and on a light one. */
const colours: Readonly<Record<number, readonly [name: string, dark: string, light: string]>> = {
  31: ['red', '#ff8a80', '#b3261e'],
  32: ['green', '#8ddb8c', '#1a7f37'],
  33: ['yellow', '#e8c662', '#8a6100'],
  36: ['cyan', '#6cd4e4', '#0b6e80'],
};

/** Words in one look. */
interface Run {
  text: string;
  classes: readonly string[];
}

/**
 * Screens of a terminal, one below the other, as one SVG with text that can be read and searched. It needs nothing from
 * outside and brings its own ground, so it stands on a light page as on a dark one.
 *
 * @param screens Lines of text and SGR sequences, nothing else.
 */
export function screensToSvg(
  screens: readonly (readonly string[])[],
  columns: number,
  title: string,
): string {
  const rows = screens.flatMap((lines, index) => (index === 0 ? lines : ['', ...lines]));
  const width = Math.ceil(columns * column + 2 * margin);
  const height = Math.ceil(rows.length * row + 2 * margin);
  // The lines between the screens, in the middle of their empty rows.
  const rules = screens.slice(0, -1).map((_, index) => {
    const above = screens.slice(0, index + 1).reduce((sum, lines) => sum + lines.length, index);
    const y = margin + (above + 0.5) * row;
    return `<path d="M${margin} ${y}H${width - margin}"/>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" xml:space="preserve" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    `<style>${styles()}</style>`,
    `<rect x=".5" y=".5" width="${width - 1}" height="${height - 1}" rx="10"/>`,
    ...rules,
    ...rows.flatMap((line, index) => textOf(line, margin + (index + 0.75) * row)),
    '</svg>',
    '',
  ].join('\n');
}

function styles(): string {
  const looks = Object.values(colours);
  const dark = looks.map(([name, value]) => `.${name}{fill:${value}}`).join('');
  const light = looks.map(([name, , value]) => `.${name}{fill:${value}}`).join('');
  return [
    'text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;white-space:pre;fill:#e6e6e6}',
    'rect{fill:#17191f;stroke:#3a3f4b}path{stroke:#3a3f4b}',
    `.bold{font-weight:bold}.dim{opacity:.65}${dark}`,
    `@media(prefers-color-scheme:light){text{fill:#1f2328}rect{fill:#fbfbfc;stroke:#d0d7de}path{stroke:#d0d7de}${light}}`,
  ].join('');
}

/** One row. Each run has its place and its width, so columns stand below each other in every font. */
function textOf(line: string, y: number): readonly string[] {
  let at = 0;
  return runsOf(line).flatMap(({ text, classes }) => {
    const lead = text.length - text.trimStart().length;
    const words = text.trim();
    const x = margin + (at + lead) * column;
    at += text.length;
    if (words === '') return [];
    const look = classes.length === 0 ? '' : ` class="${classes.join(' ')}"`;
    const width = (words.length * column).toFixed(1);
    return [
      `<text x="${x.toFixed(1)}" y="${y}" textLength="${width}" lengthAdjust="spacingAndGlyphs"${look}>${escaped(words)}</text>`,
    ];
  });
}

/** A line as runs of one look each. An SGR sequence that is not HARMONI's is a mistake, and said. */
function runsOf(line: string): readonly Run[] {
  const runs: Run[] = [];
  let classes: readonly string[] = [];
  // Odd places hold the codes of a sequence.
  for (const [place, part] of line.split(/\u001b\[([\d;]*)m/u).entries()) {
    if (place % 2 === 0) runs.push({ text: part, classes });
    else for (const code of part.split(';')) classes = afterCode(classes, Number(code));
  }
  return runs;
}

function afterCode(classes: readonly string[], code: number): readonly string[] {
  const names = Object.values(colours).map(([name]) => name);
  if (code === 0) return [];
  // 49 is the ground as it is.
  if (code === 49) return classes;
  if (code === 1) return [...classes, 'bold'];
  if (code === 2) return [...classes, 'dim'];
  if (code === 22) return classes.filter((name) => name !== 'bold' && name !== 'dim');
  const kept = classes.filter((name) => !names.includes(name));
  if (code === 39) return kept;
  const colour = colours[code];
  if (colour === undefined) throw new Error(`The picture knows no look for the SGR code ${code}.`);
  return [...kept, colour[0]];
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => entities[sign] ?? sign);
