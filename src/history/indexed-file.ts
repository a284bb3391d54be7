import { sep } from 'node:path';
import { isBelow } from '../system/files.ts';
import type { Media } from '../tracks/media.ts';
import { mediaFrom } from './stored.ts';

/** One audio file of the library as the index knows it. */
export interface IndexedFile {
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedMs: number;
  /** As text. Another disk, or a copy, has another one. */
  readonly inode?: string;
  readonly format?: string;
  readonly bitrateKbps?: number;
  /** Of the sound. */
  readonly durationMs?: number;
  /** Of the track that it was downloaded for, where the file is as long as no other of that name. */
  readonly trackMs?: number;
  /** What is wrong with it, in words: it is not a whole file. */
  readonly fault?: string;
  /** What HARMONI took it from. */
  readonly media?: Media;
  /** True for what HARMONI itself made. */
  readonly downloaded: boolean;
  /** Set where the user has changed that since. */
  readonly isChanged?: boolean;
  /** The library that a file of the user's own was adopted into, wherever it lies; see adopted.ts. */
  readonly adoptedInto?: string;
  /** Set where it isn't linked into lists. */
  readonly stays?: boolean;
}

/** By what a file is known to be unchanged: its size and time; and by its inode, where it was moved. */
export type FileStamp = Pick<IndexedFile, 'sizeBytes' | 'modifiedMs' | 'inode'>;

/** `examined` is false where an older HARMONI looked with less care. */
export type StoredStamp = FileStamp & { readonly examined: boolean };

/** Of a row of the table. */
export function toFile(row: Record<string, unknown>): IndexedFile {
  const { format, bitrate_kbps: bitrateKbps, duration_ms: durationMs } = row;
  const { track_ms: trackMs, fault, inode, adopted_into: adoptedInto } = row;
  const media = mediaFrom(row['media']);
  return {
    path: String(row['path']),
    sizeBytes: Number(row['size_bytes']),
    modifiedMs: Number(row['modified_ms']),
    downloaded: row['downloaded'] === 1,
    ...(typeof format === 'string' ? { format } : {}),
    ...(typeof bitrateKbps === 'number' ? { bitrateKbps } : {}),
    ...(typeof durationMs === 'number' ? { durationMs } : {}),
    ...(media === undefined ? {} : { media }),
    ...(typeof trackMs === 'number' ? { trackMs } : {}),
    ...(typeof fault === 'string' ? { fault } : {}),
    ...(typeof inode === 'string' ? { inode } : {}),
    ...(row['is_changed'] === 1 ? { isChanged: true } : {}),
    ...(typeof adoptedInto === 'string' ? { adoptedInto } : {}),
    ...(row['stays'] === 1 ? { stays: true } : {}),
  };
}

/** Whether a file counts for a library: it lies there, or was adopted from elsewhere. Pure. */
export function countsFor(
  { path, adoptedInto }: Pick<IndexedFile, 'path' | 'adoptedInto'>,
  library: string,
): boolean {
  return isBelow(path, library) || adoptedInto === library;
}

/** A folder as the paths of the files below it begin. Pure. */
export function withSeparator(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}
