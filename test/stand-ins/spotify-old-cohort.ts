type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An answer of the Web API as apps from before 2026-02-11 get it: the old fields beside the new ones. */
export function withOldFields(body: string): unknown {
  return JSON.parse(body, (_key, value: unknown) =>
    isJson(value) ? { ...value, ...oldFieldsOf(value) } : value,
  );
}

const markets = { available_markets: ['DE', 'FR'] };

function oldFieldsOf(json: Json): Json {
  // A row of a playlist.
  if ('added_at' in json && 'item' in json) return { track: json['item'] };
  switch (json['type']) {
    case 'album':
      return markets;
    case 'track':
      // What stands in place of a track has no address.
      if (typeof json['href'] !== 'string') return {};
      return 'album' in json ? { ...markets, popularity: 41 } : markets;
    case 'playlist':
      return 'items' in json ? { tracks: asTracks(json['items']) } : {};
    case 'user':
      return 'account_id' in json
        ? { country: 'DE', email: 'listener@example.org', product: 'premium', followers: { total: 1 } }
        : {};
    default:
      return {};
  }
}

/** A page of /items, or a mere count, as the closed /tracks had it: with `track` in place of `item`. */
export function asTracks(page: unknown): unknown {
  if (!isJson(page)) return page;
  const moved = (address: unknown): unknown =>
    typeof address === 'string' ? address.replace('/items', '/tracks') : address;
  return {
    ...page,
    href: moved(page['href']),
    ...('next' in page ? { next: moved(page['next']) } : {}),
    ...(Array.isArray(page['items']) ? { items: page['items'].map(trackOnly) } : {}),
  };
}

function trackOnly(row: unknown): unknown {
  if (!isJson(row)) return row;
  const { item, ...rest } = row;
  return { ...rest, track: item };
}
