import { TextDecoder } from 'node:util';
import { HarmoniError } from '../errors.ts';

const headBytes = 4096;

/**
 * Turns the bytes of a text file into text, piece by piece. UTF-8 and UTF-16 by their byte order mark (which goes),
 * else UTF-8, or Windows-1252 where the beginning cannot be UTF-8 (a file that Excel saved).
 * @throws HarmoniError source-empty when the file is empty, a web page or no text at all; `fileName` names it
 */
export async function* decodeText(
  bytes: AsyncIterable<Uint8Array>,
  fileName: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  let head = new Uint8Array(0);
  for await (const chunk of bytes) {
    if (decoder !== undefined) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < headBytes) continue;
    decoder = chooseDecoder(head, fileName);
    yield decoder.decode(head, { stream: true });
  }
  if (decoder === undefined) yield chooseDecoder(head, fileName).decode(head);
  else yield decoder.decode();
}

function chooseDecoder(head: Uint8Array, fileName: string): TextDecoder {
  if (head.length === 0) throw new HarmoniError('source-empty', `${fileName} is empty.`);
  if (head[0] === 0xff && head[1] === 0xfe) return new TextDecoder('utf-16le');
  if (head[0] === 0xfe && head[1] === 0xff) return new TextDecoder('utf-16be');
  const text = new TextDecoder().decode(head, { stream: true });
  refuseOther(text, fileName);
  const isMarked = head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf;
  return new TextDecoder(isMarked || looksLikeUtf8(text) ? 'utf-8' : 'windows-1252');
}

/** The text with "\n" between its lines also where a program of the old Mac wrote "\r" alone. */
export async function* withLineFeeds(text: AsyncIterable<string>): AsyncGenerator<string> {
  let isOldMac: boolean | undefined;
  for await (const piece of text) {
    isOldMac ??= /\r[^]/.test(piece) && !piece.includes('\n');
    yield isOldMac ? piece.replaceAll('\r', '\n') : piece;
  }
}

/** One broken byte in a file with proper "é"s is damage; only broken bytes are another encoding. */
function looksLikeUtf8(text: string): boolean {
  const broken = text.match(/\ufffd/g)?.length ?? 0;
  const proper = text.match(/[\u0080-\ufffc]/g)?.length ?? 0;
  return broken <= proper;
}

function refuseOther(text: string, fileName: string): void {
  if (text.trim() === '') throw new HarmoniError('source-empty', `${fileName} contains only whitespace.`);
  if (/^\s*<(?:\?xml|!doctype plist|plist)/i.test(text) && !/<html/i.test(text)) {
    // An iTunes or Apple Music library.
    if (/<!doctype plist|<plist/i.test(text)) return;
    throw new HarmoniError(
      'source-empty',
      `${fileName} is an XML file, but not a playlist from iTunes or Apple Music.`,
      {
        fix: 'In Apple Music or iTunes, choose File, Library, Export Playlist.',
      },
    );
  }
  if (/^\s*<(?:!doctype|html|head|\?xml)/i.test(text)) {
    throw new HarmoniError('source-empty', `${fileName} is a saved web page, not a list of songs.`, {
      fix: 'Export the playlist again and use the file you get, not the saved page.',
    });
  }
  if (text.startsWith('PK\u0003\u0004')) {
    throw new HarmoniError('source-empty', `${fileName} is a ZIP archive, not a text file.`, {
      fix: 'Rename it to end in .zip, or unpack it and use the folder.',
    });
  }
  // A hostile cell may hold a few control characters; a picture or a program is full of them.
  const odd = text.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\ufffd]/g)?.length ?? 0;
  if (odd > 8 && odd > text.length / 10) {
    throw new HarmoniError('source-empty', `${fileName} isn't a text file: it contains binary data.`, {
      fix: 'Export the playlist again as a CSV or text file.',
    });
  }
}
