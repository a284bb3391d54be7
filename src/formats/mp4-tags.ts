import { boxesOf, readStrictly, type Box } from './mp4-boxes.ts';

/**
 * The names of the free-form items among an MP4 file's tags, as they are spelled: "----:com.apple.iTunes:MyTag". Empty for
 * a file that isn't as simple as is expected. Pure.
 */
export function freeformNames(file: Buffer): readonly string[] {
  const names = readStrictly(() =>
    insideOf(['moov', 'udta', 'meta', 'ilst'], [...boxesOf(file)])
      .filter(({ type }) => type === '----')
      .map(({ content }) => {
        const parts = [...boxesOf(content)];
        // Version and flags come first.
        const text = (type: string): string =>
          parts.find((part) => part.type === type)?.content.toString('utf8', 4) ?? '';
        return `----:${text('mean')}:${text('name')}`;
      }),
  );
  return names ?? [];
}

function insideOf(path: readonly string[], boxes: readonly Box[]): readonly Box[] {
  const [type, ...rest] = path;
  if (type === undefined) return boxes;
  const box = boxes.find((one) => one.type === type);
  if (box === undefined) return [];
  return insideOf(rest, [...boxesOf(type === 'meta' ? box.content.subarray(4) : box.content)]);
}
