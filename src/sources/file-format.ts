import type { ListInFile } from './collect-rows.ts';
import type { ReadOptions } from './source.ts';

/** The text of a file, or what was pasted, to be read as one of the formats. */
export interface ListText extends ReadOptions {
  /** Of the list, where the file says no other. */
  readonly name: string;
  /** For messages. */
  readonly fileName: string;
  /** Decoded, in pieces, with "\n" or "\r\n" between lines. */
  readonly text: AsyncIterable<string>;
  /** The folder that paths in the file are relative to; undefined where there is none (an archive, a pipe). */
  readonly folder?: string | undefined;
}

/**
 * One kind of file. To add a kind: write one file that makes a FileFormat, and put it into the list in file-formats.ts;
 * the first whose content or name fits reads the file, wherever it is: on the disk, in a folder, in an archive, in a pipe.
 */
export interface FileFormat {
  /** What such a file is, in words for people: "a CSV". */
  readonly title: string;
  /** File names that are always of this kind, unless the content is of another. */
  readonly names: RegExp;
  /** Whether a text that begins so can be nothing else, whatever its file is called. */
  begins(head: string): boolean;
  /** @throws HarmoniError source-empty, source-broken, source-too-large */
  read(input: ListText): Promise<readonly ListInFile[]>;
}

/** The whole text, for formats that cannot be read piece by piece. */
export async function wholeText({ text, signal }: Pick<ListText, 'text' | 'signal'>): Promise<string> {
  let whole = '';
  for await (const piece of text) {
    signal.throwIfAborted();
    whole += piece;
  }
  return whole;
}
