/** Spotify's `fields` parameter, "id,owner(id,name),items(total)": keeps only what it names. Unknown names are dropped. */
export function pickFields(value: unknown, fields: string | null): unknown {
  if (fields === null || fields === '') return value;
  return keep(value, parseFields(fields));
}

type Wanted = Map<string, Wanted>;
const everything: Wanted = new Map();

function parseFields(text: string): Wanted {
  const root: Wanted = new Map();
  const open: Wanted[] = [root];
  let last: Wanted = root;
  for (const [token] of text.matchAll(/[^,()\s]+|[()]/g)) {
    if (token === '(') open.push(last);
    else if (token === ')') open.pop();
    else {
      last = new Map();
      open.at(-1)?.set(token, last);
    }
  }
  return root;
}

function keep(value: unknown, wanted: Wanted): unknown {
  if (wanted.size === 0 || typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((entry) => keep(entry, wanted));
  const entries = Object.entries(value).filter(([key]) => wanted.has(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, keep(inner, wanted.get(key) ?? everything)]));
}
