import { relative, resolve, sep } from 'node:path';

/** How the text of a playlist file is written as bytes. */
interface Encoding {
  readonly decode: (bytes: Buffer) => string;
  /** Undefined where the encoding has no such character. */
  readonly encode: (text: string) => Buffer | undefined;
  readonly lineEnd: Buffer;
}

const utf8: Encoding = {
  decode: (bytes) => bytes.toString('utf8'),
  encode: (text) => Buffer.from(text),
  lineEnd: Buffer.from('\n'),
};
const latin1: Encoding = {
  decode: (bytes) => bytes.toString('latin1'),
  encode: (text) => (/^[\0-\xff]*$/.test(text) ? Buffer.from(text, 'latin1') : undefined),
  lineEnd: Buffer.from('\n'),
};
const utf16le: Encoding = {
  decode: (bytes) => bytes.toString('utf16le'),
  encode: (text) => Buffer.from(text, 'utf16le'),
  lineEnd: Buffer.from('\n', 'utf16le'),
};

/**
 * Puts new paths for old ones into a playlist file of whatever encoding: only the bytes of these paths change. A line that
 * is valid UTF-8 is read as that, any other as Latin-1; a file that begins with the mark of UTF-16 is that. Pure.
 * @param folder of the playlist file, absolute
 * @param renamed old and new paths, absolute
 * @param toFolder where the file goes: then all its paths are written anew
 * @returns undefined when nothing changes
 */
export function renamePaths(
  content: Buffer,
  folder: string,
  renamed: ReadonlyMap<string, string>,
  toFolder = folder,
): Buffer | undefined {
  const isUtf16 = content[0] === 0xff && content[1] === 0xfe;
  const lineEnd = isUtf16 ? utf16le.lineEnd : utf8.lineEnd;
  const start = isUtf16 ? 2 : content.subarray(0, 3).equals(Buffer.from([0xef, 0xbb, 0xbf])) ? 3 : 0;
  const parts: Buffer[] = [content.subarray(0, start)];
  let changed = false;
  for (let at = start; at < content.length;) {
    const end = endOfLine(content, at, lineEnd);
    const line = content.subarray(at, end);
    const next = renameLine(
      line,
      isUtf16 ? [utf16le] : isValidUtf8(line) ? [utf8, latin1] : [latin1],
      { folder, toFolder },
      renamed,
    );
    changed ||= next !== undefined;
    parts.push(next ?? line, content.subarray(end, end + lineEnd.length));
    at = end + lineEnd.length;
  }
  return changed ? Buffer.concat(parts) : undefined;
}

/** Where the line that begins at `at` ends, without its line feed. */
function endOfLine(content: Buffer, at: number, lineEnd: Buffer): number {
  for (let end = content.indexOf(lineEnd, at); end >= 0; end = content.indexOf(lineEnd, end + 1)) {
    if ((end - at) % lineEnd.length === 0) return end;
  }
  return content.length;
}

function renameLine(
  line: Buffer,
  encodings: readonly Encoding[],
  { folder, toFolder }: { readonly folder: string; readonly toFolder: string },
  renamed: ReadonlyMap<string, string>,
): Buffer | undefined {
  for (const { decode, encode } of encodings) {
    const [, path = '', rest = ''] = /^(.*?)(\s*)$/s.exec(decode(line)) ?? [];
    if (path === '' || path.startsWith('#')) continue;
    const [asIs, asWindows] = [resolve(folder, path), resolve(folder, path.replaceAll('\\', '/'))];
    const to = renamed.get(asIs) ?? renamed.get(asWindows) ?? (toFolder === folder ? undefined : asIs);
    if (to === undefined) continue;
    const separator = path.includes('\\') && !path.includes('/') ? '\\' : '/';
    const isAbsolutePath = resolve(path) === path;
    const name = isAbsolutePath ? to : relative(toFolder, to).split(sep).join(separator);
    return encode((name.startsWith('#') ? `./${name}` : name) + rest);
  }
  return undefined;
}

function isValidUtf8(bytes: Buffer): boolean {
  return Buffer.from(bytes.toString('utf8')).equals(bytes);
}
