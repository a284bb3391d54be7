import { addLines } from './add-lines.ts';
import { collectRows } from './collect-rows.ts';
import { splitLines } from './csv-lines.ts';
import type { FileFormat } from './file-format.ts';
import { withoutNumbers } from './numbering.ts';
import { readSongLine } from './song-line.ts';

/** A plain text: a song or a link on each line, with comments ("#") and blank lines between. */
export const textList: FileFormat = {
  title: 'a text with a song on each line',
  names: /\.txt$/i,
  begins: () => false,
  async read(input) {
    const lines: string[] = [];
    for await (const piece of splitLines(input.text, input.fileName)) {
      input.signal.throwIfAborted();
      for (const line of piece.lines) {
        const text = line.trim();
        if (text !== '' && !text.startsWith('#')) lines.push(text);
      }
    }
    const collector = collectRows(input.fileName, input.name);
    await addLines(collector, withoutNumbers(lines).map(readSongLine), input);
    return collector.lists();
  },
};
