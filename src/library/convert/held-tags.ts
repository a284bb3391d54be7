type Properties = Readonly<Record<string, readonly string[]>>;

/** What the fields of ID3 and M4A take; Vorbis comments take any text. */
const numberOfTotal = /^\d+(?:\/\d+)?$/;
const date = /^\d{4}(?:-\d\d(?:-\d\d(?:[T ]\d\d(?::\d\d){0,2})?)?)?$/;
const yes = /^(?:true|yes)$/i;

/**
 * Tags in fields that a format has room for. What doesn't fit into a field ("A1" for a number, 128.5 beats where whole ones
 * are kept) stands whole in one of the user's own kind, NAME_TEXT; and a name that can't be written is spelled otherwise. Pure.
 * @param extension of the file that gets them
 */
export function heldProperties(properties: Properties, extension: string): Properties {
  const isVorbis = ['opus', 'ogg', 'flac'].includes(extension);
  const held: Record<string, readonly string[]> = {};
  const put = (name: string, values: readonly string[]): void => {
    held[name] = [...(held[name] ?? []), ...values];
  };
  for (const [name, values] of Object.entries(properties)) {
    const [first = ''] = values;
    if (isVorbis) put(spelled(name, /[^\x20-\x7d]|=/g), values);
    else if (/^(?:TRACK|DISC)NUMBER$/.test(name) && !numberOfTotal.test(first)) put(`${name}_TEXT`, values);
    else if (extension !== 'm4a') put(name === 'DATE' && !date.test(first) ? 'DATE_TEXT' : name, values);
    else if (name === 'BPM' && !/^\d+$/.test(first)) {
      if (Number(first) > 0) put(name, [String(Math.round(Number(first)))]);
      put('BPM_TEXT', values);
    } else if (name === 'COMPILATION' && yes.test(first)) put(name, ['1']);
    else put(spelled(name, /[^\x20-\x7e]|:/g), values);
  }
  return held;
}

/** A name of marks alone is none to M4A. */
function spelled(name: string, impossible: RegExp): string {
  const text = name.replaceAll(impossible, '_');
  return /[^_]/.test(text) ? text : `TAG${text}`;
}
