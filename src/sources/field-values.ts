import { readLength } from '../tracks/length-text.ts';

/** Readers of single cells. Each answers undefined when the text is not what the column should hold. */

/** "2011", "2011-5-1", "2011/05/01", "2011-05-01T00:00:00Z" as YYYY[-MM[-DD]]. "0000" is Spotify's "not known". */
export function readDate(text: string): string | undefined {
  const [, year = '', month, day] =
    /^(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2}))?)?(?:[T ][\d:.]+Z?)?$/.exec(text) ?? [];
  if (year === '' || year === '0000') return undefined;
  if (month === undefined) return year;
  if (Number(month) < 1 || Number(month) > 12) return undefined;
  if (day === undefined) return `${year}-${month.padStart(2, '0')}`;
  if (Number(day) < 1 || Number(day) > 31) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

/** An ISO 8601 date or moment, as it is; "2020-03-14 09:26:53 UTC" too. */
export function readMoment(text: string): string | undefined {
  const moment = text.replace(/^(\S+) (\S+) UTC$/, '$1T$2Z');
  return /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?$/.test(moment)
    ? moment
    : undefined;
}

export function readNumber(text: string, least: number, most: number): number | undefined {
  if (!/^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i.test(text)) return undefined;
  const value = Number(text);
  return value >= least && value <= most ? value : undefined;
}

export function readWhole(text: string, least: number, most: number): number | undefined {
  const value = readNumber(text, least, most);
  return Number.isInteger(value) ? value : undefined;
}

const dayMs = 86_400_000;

/** Milliseconds; "3:45" and "1:02:03" too. */
export function readDurationMs(text: string): number | undefined {
  return readWhole(String(readLength(text) ?? text), 1, dayMs);
}

/** A length whose column names no unit: no song lasts ten thousand seconds, and none ten seconds or less. "225s" too. */
export function readDuration(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?s$|^\d+\.\d+$/.test(text)) {
    return readWhole(String(Math.round(Number(text.replace('s', '')) * 1000)), 1, dayMs);
  }
  const value = readDurationMs(text);
  return value !== undefined && value < 10_000 && !text.includes(':') ? value * 1000 : value;
}

export function readBoolean(text: string): boolean | undefined {
  if (/^(?:true|yes|1)$/i.test(text)) return true;
  return /^(?:false|no|0)$/i.test(text) ? false : undefined;
}

/** "spotify:track:ID" from the URI, the link or the bare id. */
export function readTrackUri(text: string): string | undefined {
  const [, id] =
    /^(?:spotify:track:|(?:https?:\/\/)?open\.spotify\.com\/(?:intl-[\w-]+\/)?track\/)(\w+)(?:[?#].*)?$/.exec(
      text,
    ) ??
    /^([A-Za-z0-9]{22})$/.exec(text) ??
    [];
  return id === undefined ? undefined : `spotify:track:${id}`;
}

export function readUrl(text: string): string | undefined {
  return /^https?:\/\//i.test(text) && URL.canParse(text) ? text : undefined;
}
