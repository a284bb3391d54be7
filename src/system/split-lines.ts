/**
 * Splits a stream of bytes into lines. Of a line only the first `most` characters are kept, so that a child that never
 * ends one costs neither memory nor time. Pure.
 * @param options.returns a carriage return ends a line too, as in progress that is written over itself
 */
export function splitLines(
  onLine: (line: string) => void,
  options: { readonly most?: number; readonly returns?: boolean } = {},
): { add(chunk: Buffer): void; end(): void } {
  const { most = 65_536, returns = false } = options;
  const ends = returns ? /[\r\n]/g : /\n/g;
  const decoder = new TextDecoder();
  /** The beginning of the line that has no end yet. */
  let begun = '';
  const keep = (text: string, from: number, to: number): void => {
    const room = most - begun.length;
    if (room > 0) begun += text.slice(from, Math.min(to, from + room));
  };
  const finish = (): void => {
    const line = begun.endsWith('\r') ? begun.slice(0, -1) : begun;
    begun = '';
    onLine(line);
  };
  const take = (text: string): void => {
    let from = 0;
    for (const { index } of text.matchAll(ends)) {
      keep(text, from, index);
      finish();
      from = index + 1;
    }
    keep(text, from, text.length);
  };
  return {
    add: (chunk) => take(decoder.decode(chunk, { stream: true })),
    end() {
      take(decoder.decode());
      if (begun !== '') finish();
    },
  };
}
