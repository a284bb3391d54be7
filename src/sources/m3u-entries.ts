import { cleanText } from './clean-text.ts';

/** One song of an m3u. */
export interface M3uEntry {
  /** A path or an address, as it is written; "" where the song has none. */
  readonly place: string;
  /** "Artist - Title", as #EXTINF has it; "" where it has none. */
  readonly title: string;
  readonly durationMs?: number;
  /** By column name, what other lines and the attributes of #EXTINF say of the song. */
  readonly facts: readonly (readonly [string, string])[];
}

export interface M3u {
  /** #PLAYLIST */
  readonly name?: string;
  readonly entries: readonly M3uEntry[];
}

/** Lines about the next song, and what each says. https://en.wikipedia.org/wiki/M3U */
const directives: Readonly<Record<string, string>> = {
  EXTALB: 'album',
  EXTART: 'album artist',
  EXTGENRE: 'genre',
  EXTIMG: 'cover url',
};

/** Reads an m3u, extended or plain, from its lines. Pure. */
export function readM3uEntries(lines: readonly string[]): M3u {
  const entries: M3uEntry[] = [];
  let name: string | undefined;
  let next: Omit<M3uEntry, 'place'> = { title: '', facts: [] };
  const end = (place: string): void => {
    entries.push({ place, ...next });
    next = { title: '', facts: [] };
  };
  for (const line of lines.map((text) => text.replace(/^\ufeff/, '').trim())) {
    const [, directive = '', value = ''] = /^#([A-Z][A-Z0-9-]*):?\s*(.*)$/.exec(line) ?? [];
    const column = directives[directive];
    if (directive === 'EXTINF') {
      // A song whose file is not named is one all the same.
      if (next.title !== '') end('');
      next = { ...next, ...readInfo(value, next.facts) };
    }
    if (directive === 'PLAYLIST') name ??= cleanText(value);
    else if (column !== undefined) next = { ...next, facts: [...next.facts, [column, value]] };
    else if (line !== '' && !line.startsWith('#')) end(line);
  }
  if (next.title !== '') end('');
  return { ...(name === undefined || name === '' ? {} : { name }), entries };
}

/** "213,Artist - Title" and '213 group-title="Rock" tvg-logo="...",Artist - Title' */
function readInfo(value: string, facts: M3uEntry['facts']): Omit<M3uEntry, 'place'> {
  const [, seconds = '', attributes = '', title = ''] =
    /^(-?\d+(?:\.\d+)?)?((?:\s+[\w-]+="[^"]*")*)\s*,(.*)$/.exec(value) ?? [undefined, '', '', value];
  const more = [...attributes.matchAll(/([\w-]+)="([^"]*)"/g)].map(
    ([, key = '', text = '']) => [key, text] as const,
  );
  const ms = Math.round(Number(seconds) * 1000);
  return {
    title: cleanText(title),
    ...(ms > 0 && ms <= 86_400_000 ? { durationMs: ms } : {}),
    facts: [...facts, ...more],
  };
}
