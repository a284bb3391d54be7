import { z } from 'zod';

export const storeName = 'harmoni.db';
export const manifestName = 'manifest.json';

/** Why a backup was made. */
export const reasons = ['asked', 'automatic', 'before-restore', 'before-update'] as const;
export type Reason = (typeof reasons)[number];

const savedFile = z.object({
  /** Below the folder of the backup, with "/". */
  path: z.string().min(1),
  size: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  kind: z.enum(['store', 'config', 'input', 'playlist']),
  /** Where it was: "data/..." below the data folder, else absolute. */
  to: z.string().min(1),
});
export type SavedFile = z.output<typeof savedFile>;

/** manifest.json of a backup. Fields may be added. */
export const manifestSchema = z.object({
  format: z.literal(1),
  /** Of HARMONI. */
  version: z.string(),
  /** user_version of the store; null where that couldn't be read and was copied as it is. */
  schema: z.int().min(1).nullable(),
  created: z.iso.datetime(),
  reason: z.enum(reasons),
  files: z.array(savedFile),
  /** Settings that may hold a secret, and aren't in its config.json. */
  leftOut: z.array(z.string()),
  /** Rows of each table of the store. */
  counts: z.record(z.string(), z.int().min(0)),
});
export type Manifest = z.output<typeof manifestSchema>;

const namePattern = /^harmoni-(\d{4})(\d{2})(\d{2})-(\d{2})(\d{2})(\d{2})-(\d{3})$/;

/** "harmoni-20261121-120000-000", in UTC. Pure. */
export function backupName(atMs: number): string {
  const digits = new Date(atMs).toISOString().replaceAll(/\D/g, '');
  return `harmoni-${digits.slice(0, 8)}-${digits.slice(8, 14)}-${digits.slice(14, 17)}`;
}

/** When a backup of this name was made; undefined when it isn't the name of one. Pure. */
export function timeOfName(name: string): number | undefined {
  const [, ...parts] = namePattern.exec(name) ?? [];
  const [year, month, day, hour, minute, second, ms] = parts.map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const atMs = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return Number.isNaN(atMs) ? undefined : atMs;
}

/** A backup that has no name yet, or is about to go. */
export const backupPart = /^\.harmoni-\d{8}-\d{6}-\d{3}(?:-\d+)?\.part$/;
