import { listMark } from './clean-text.ts';

/** A value of parsed JSON as an object with keys, or undefined. Lists are none. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  // Every object that is not null and no array can be read by string keys.
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined;
}

/** A list of parsed JSON, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A string of parsed JSON, or "". */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/**
 * A JSON object as the columns and cells of a row, so that one reader makes tracks of both. Nulls go; what is within
 * a field is named after it ({album: {name, uri}} is "album" and "album_uri"); a list is one cell.
 */
export function jsonCells(entry: Readonly<Record<string, unknown>>): readonly (readonly [string, string])[] {
  const cells = new Map<string, string[]>();
  const add = (key: string, value: unknown, depth: number): void => {
    if (value === null || value === undefined) return;
    if (typeof value !== 'object' || depth > 3) {
      const texts = cells.get(key) ?? [];
      texts.push(typeof value === 'string' ? value : JSON.stringify(value));
      cells.set(key, texts);
    } else if (Array.isArray(value)) for (const item of value) add(key, item, depth + 1);
    else {
      for (const [inner, item] of Object.entries(value)) {
        add(inner === 'name' ? key : `${key}_${inner}`, item, depth + 1);
      }
    }
  };
  for (const [key, value] of Object.entries(entry)) add(key, value, 0);
  return [...cells].map(([key, texts]) => [key, texts.join(listMark)] as const);
}
