import type { TagFields } from '../../downloads/tag-fields.ts';
import type { TagPicture } from '../../downloads/taglib.ts';

/** All that TagLib finds in a file: every field by its own name, also those that HARMONI doesn't know, and the pictures. */
export interface FileTags extends TagFields {
  readonly pictures: readonly TagPicture[];
}

type Properties = Readonly<Record<string, readonly string[]>>;

/** They say how the old file was encoded. */
const ofEncoding = /^(?:ENCODER|ENCODING|ENCODERSETTINGS|ENCODER_OPTIONS|(?:COMMENT:)?ITUNSMPB)$/i;
const numbers = ['TRACK', 'DISC'] as const;

/**
 * The tags of a file for one of another format: all of them, also those that HARMONI doesn't know, but for what the old
 * encoder said of itself. Formats have the totals of tracks and discs in one field or in two, and Opus has a loudness of its
 * own. Pure.
 * @param extension of the new file
 */
export function carriedProperties(
  { properties }: Pick<FileTags, 'properties'>,
  extension: string,
): Properties {
  const kept = Object.entries(properties).filter(
    ([name]) => !ofEncoding.test(name) && !name.startsWith('R128_'),
  );
  const carried: Record<string, readonly string[]> = Object.fromEntries(kept);
  for (const name of numbers) {
    const [number] = carried[`${name}NUMBER`] ?? [];
    const [total] = carried[`${name}TOTAL`] ?? [];
    if (number === undefined || total === undefined) continue;
    // fieldsOfFormat takes it apart again where there are two fields.
    carried[`${name}NUMBER`] = [number.includes('/') ? number : `${number}/${total}`];
    carried[`${name}TOTAL`] = [];
  }
  const filled = Object.entries(carried).filter(([, values]) => values.length > 0);
  return { ...Object.fromEntries(filled), ...loudnessOf(properties, extension) };
}

/** R128 is to -23 LUFS in 256ths, ReplayGain to -18 in dB (RFC 7845, 5.2.1). */
const apartDb = 5;

function loudnessOf(properties: Properties, extension: string): Properties {
  const found: Record<string, readonly string[]> = {};
  for (const what of ['TRACK', 'ALBUM']) {
    const gainDb = Number.parseFloat(properties[`REPLAYGAIN_${what}_GAIN`]?.[0] ?? '');
    const r128 = properties[`R128_${what}_GAIN`]?.[0];
    if (extension === 'opus' && r128 !== undefined) found[`R128_${what}_GAIN`] = [r128];
    else if (extension === 'opus' && Number.isFinite(gainDb)) {
      found[`R128_${what}_GAIN`] = [String(Math.round((gainDb - apartDb) * 256))];
    }
    if (!Number.isFinite(gainDb) && r128 !== undefined && Number.isFinite(Number(r128))) {
      found[`REPLAYGAIN_${what}_GAIN`] = [`${(Number(r128) / 256 + apartDb).toFixed(2)} dB`];
    }
  }
  return found;
}

/** What each format can hold as a cover. */
interface Cover {
  readonly mimeType: 'image/jpeg' | 'image/png';
  readonly data: Uint8Array;
}

/** The front cover, as far as it's a kind that every format can hold, and the other pictures. Pure. */
export function carriedPictures({ pictures }: Pick<FileTags, 'pictures'>): {
  readonly cover: Cover | undefined;
  readonly others: readonly TagPicture[];
} {
  const front = pictures.find(({ type }) => type === 'FrontCover') ?? pictures[0];
  const isCover = front !== undefined && isKnown(front.mimeType);
  return {
    cover: isCover ? { mimeType: typeOf(front.mimeType), data: front.data } : undefined,
    others: isCover ? pictures.filter((one) => one !== front) : pictures,
  };
}

const isKnown = (mimeType: string): boolean => /^image\/(?:jpe?g|png)$/i.test(mimeType);
const typeOf = (mimeType: string): Cover['mimeType'] => (/png/i.test(mimeType) ? 'image/png' : 'image/jpeg');

/**
 * The first tag that a file lacks, or has with another value; undefined where all are there. Names have no case, lines end
 * in any way, and what a format keeps as a number or in one field is the same. What is explicit isn't asked for: M4A has a
 * number for it that TagLib doesn't tell. Pure.
 * @param wanted as carriedProperties gives them
 */
export function lostTag(wanted: Properties, found: Properties): string | undefined {
  const names = new Map(Object.entries(found).map(([name, values]) => [name.toUpperCase(), values]));
  for (const [name, values] of Object.entries(wanted)) {
    if (name === 'ITUNESADVISORY') continue;
    const there = names.get(name.toUpperCase()) ?? [];
    if (isSameText(values, there)) continue;
    const [number, total] = values[0]?.split('/') ?? [];
    const isApart = /^(?:TRACK|DISC)NUMBER$/.test(name) && there[0] === number;
    if (isApart && names.get(name.replace('NUMBER', 'TOTAL'))?.[0] === total) continue;
    return name;
  }
  return undefined;
}

function isSameText(one: readonly string[], other: readonly string[]): boolean {
  const text = (values: readonly string[]): string => values.map(plain).join('\0');
  return text(one) === text(other);
}

/** "03" and "3/12" are numbers to some formats. */
function plain(value: string): string {
  return value
    .replaceAll(/\r\n?/g, '\n')
    .trim()
    .replace(/^0+(?=\d)/, '')
    .replace(/\/0+(?=\d)/, '/');
}
