import type { Created } from '../automation/backup/create.ts';
import type { Manifest, Reason } from '../automation/backup/manifest.ts';
import type { Backup } from '../automation/backup/read.ts';
import type { Restored } from '../automation/backup/restore.ts';
import { changedKeys, type RestorePlan, type RestoreStep } from '../automation/backup/restore-plan.ts';
import { versionKey } from '../config/version-key.ts';
import { pastClock } from '../spotify/api-error.ts';
import { sizeText } from '../tracks/size-text.ts';
import type { ToneLine } from '../ui/prompter.ts';

const reasonWords: Readonly<Record<Reason, string>> = {
  asked: 'made by you',
  automatic: 'automatic',
  'before-restore': 'before a restore',
  'before-update': 'before an update of HARMONI',
};

const counted = (one: string, many: string) => (count: number) => `${count} ${count === 1 ? one : many}`;

/** What of a store matters to people, by its table. */
const tables: readonly (readonly [string, (count: number) => string])[] = [
  ['files', counted('song', 'songs')],
  ['followed', counted('followed playlist', 'followed playlists')],
  ['overrides', counted('match you chose', 'matches you chose')],
  ['failures', counted('song to retry', 'songs to retry')],
  ['runs', counted('run', 'runs')],
];

function countsText(counts: Readonly<Record<string, number>>): string {
  return tables
    .flatMap(([table, say]) => {
      const count = counts[table] ?? 0;
      return count === 0 ? [] : [say(count)];
    })
    .join(', ');
}

const whenText = ({ created }: Manifest, nowMs: number): string => pastClock(Date.parse(created), nowMs);

const sizeOfFiles = ({ files }: Manifest): number => files.reduce((sum, { size }) => sum + size, 0);

/** "harmoni-20261121-120000-000  14:35  2.1 MB  made by you: 12 songs in the index". Pure. */
export function backupRow({ name, manifest, faults }: Backup, nowMs: number): ToneLine {
  if (manifest === undefined) return { text: `${name}  broken: ${faults.join(', ')}`, tone: 'fail' };
  return { text: `${name}  ${contentText(manifest, nowMs)}` };
}

/** The same without a name, which only commands need. Pure. */
export function backupTitle({ name, manifest }: Backup, nowMs: number): string {
  return manifest === undefined ? name : contentText(manifest, nowMs);
}

function contentText(manifest: Manifest, nowMs: number): string {
  const counts = countsText(manifest.counts);
  const what = `${reasonWords[manifest.reason]}${counts === '' ? '' : `: ${counts}`}`;
  return `${whenText(manifest, nowMs)}  ${sizeText(sizeOfFiles(manifest))}  ${what}`;
}

/** What was saved, and what wasn't. Pure. */
export function createdLines(
  { backup, notSaved, removed }: Created,
  { hasNoSettings, withSecrets }: { readonly hasNoSettings: boolean; readonly withSecrets: boolean },
): ToneLine[] {
  const { manifest, name } = backup;
  if (manifest === undefined) return [];
  const many = counted('file', 'files')(manifest.files.length);
  return [
    { text: `Backed up ${many} (${sizeText(sizeOfFiles(manifest))}): ${name}`, tone: 'ok' },
    ...(hasNoSettings
      ? [{ text: "  config.json can't be read, so it isn't in it.", tone: 'warn' } as const]
      : []),
    ...(manifest.leftOut.length === 0
      ? []
      : [
          {
            text: `  Without ${manifest.leftOut.join(', ')}, which may hold a secret. To include settings like these, add --with-secrets.`,
          },
        ]),
    ...notSaved.map(
      (path) => ({ text: `  Left out (unreadable, too large, or secret): ${path}`, tone: 'warn' }) as const,
    ),
    ...(removed.length === 0
      ? []
      : [{ text: `  Removed ${counted('old backup', 'old backups')(removed.length)}.` }]),
    withSecrets
      ? {
          text: '  It may include secrets from your settings. Keep it where only you can read it.',
          tone: 'warn',
        }
      : { text: "  Your songs, sign-in and cookies aren't part of a backup.", tone: 'dim' },
  ];
}

/** What restoring would change. Pure. */
export function planLines(
  { backup, steps, before, settings }: RestorePlan,
  stored: Readonly<Record<string, unknown>> | undefined,
  nowMs: number,
): ToneLine[] {
  const { manifest, name } = backup;
  const now = before === undefined ? 'nothing' : countsText(before) || 'nothing';
  const hasStore = steps.some(({ file }) => file.kind === 'store');
  const keys =
    settings === undefined ? [] : changedKeys(stored, settings).filter((key) => key !== versionKey);
  return [
    {
      text: `${name}, from ${whenText(manifest, nowMs)} (${reasonWords[manifest.reason]})`,
    },
    ...(hasStore ? [`  Now: ${now}`, `  Then: ${countsText(manifest.counts) || 'nothing'}`] : []).map(
      (text) => ({
        text,
      }),
    ),
    ...(keys.length === 0 ? [] : [{ text: `  Settings that change: ${keys.join(', ')}` }]),
    ...steps.filter(({ file }) => file.kind === 'input' || file.kind === 'playlist').flatMap(stepLines),
  ];
}

const actionWords = { replace: 'replaces', create: 'brings back', leave: 'leaves alone' } as const;

function stepLines({ to, action, reason }: RestoreStep): ToneLine[] {
  if (action === 'same') return [];
  const why = reason === undefined ? '' : ` (${reason})`;
  const text = `  ${actionWords[action].padEnd(12)}  ${to}${why}`;
  return [action === 'leave' ? { text, tone: 'warn' } : { text }];
}

/** What was restored. Pure. */
export function restoredLines({ steps, saved }: Restored): ToneLine[] {
  const done = steps.filter(({ action }) => action === 'replace' || action === 'create').length;
  return [
    { text: `Restored ${counted('file', 'files')(done)}.`, tone: 'ok' },
    ...steps.filter(({ action }) => action === 'leave').flatMap(stepLines),
    {
      text: `What was there before is in ${saved.backup.name}. To go back, run harmoni backup restore ${saved.backup.name}`,
    },
  ];
}

/** For --json. Pure. */
export function backupDocument({ name, path, manifest, faults }: Backup): Record<string, unknown> {
  return {
    name,
    path,
    ok: faults.length === 0,
    faults,
    created: manifest?.created ?? null,
    reason: manifest?.reason ?? null,
    version: manifest?.version ?? null,
    sizeBytes: manifest === undefined ? null : sizeOfFiles(manifest),
    files: manifest?.files.length ?? null,
    leftOut: manifest?.leftOut ?? [],
    counts: manifest?.counts ?? {},
  };
}

export function planDocument(plan: RestorePlan, isRestored: boolean, savedAs: string | undefined): object {
  const { backup, steps, before } = plan;
  return {
    backup: backup.name,
    restored: isRestored,
    savedAs: savedAs ?? null,
    counts: { before: before ?? null, after: backup.manifest.counts },
    files: stepsDocument(steps),
  };
}

export function stepsDocument(steps: readonly RestoreStep[]): readonly object[] {
  return steps.map(({ to, action, reason }) => ({
    path: to,
    action,
    ...(reason === undefined ? {} : { reason }),
  }));
}
