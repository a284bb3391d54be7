import { escapeHtml } from '../../tracks/html-text.ts';

/** A name from outside as HTML: nothing in it is markup, and its direction is its own affair. Pure. */
export function nameText(name: string): string {
  return `<bdi>${plainText(name)}</bdi>`;
}

/** The same for SVG and attributes, which know no bdi. Pure. */
export function plainText(text: string): string {
  return escapeHtml(
    text
      .replaceAll(/\s+/gu, ' ')
      .replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, '')
      .toWellFormed(),
  );
}

/** A name in so many letters that it fits above its bar, beside its figure. The whole name is in the table. Pure. */
export function labelText(name: string, most: number): string {
  const letters = [...new Intl.Segmenter().segment(name.slice(0, 500))];
  if (letters.length <= most) return plainText(name);
  const kept = letters.slice(0, most - 1).map(({ segment }) => segment);
  return plainText(`${kept.join('').trimEnd()}…`);
}

/** A table with a header for each column and each row; numbers stand right. Pure. */
export function table(
  caption: string,
  columns: readonly string[],
  rows: readonly (readonly [name: string, ...figures: string[]])[],
): string {
  const head = columns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join('');
  const body = rows.map(
    ([name, ...figures]) =>
      `<tr><th scope="row">${nameText(name)}</th>${figures.map((text) => `<td>${plainText(text)}</td>`).join('')}</tr>`,
  );
  return `<table><caption>${escapeHtml(caption)}</caption><thead><tr>${head}</tr></thead><tbody>
${body.join('\n')}
</tbody></table>`;
}
