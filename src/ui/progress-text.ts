import type { ToneLine } from './prompter.ts';
import type { ProgressLine, ProgressView } from './progress.ts';
import { displayWidth, fit, fitTo } from './safe-text.ts';
import type { Theme } from './theme.ts';

export interface ProgressSize {
  readonly columns: number;
  /** The most lines that may be used. */
  readonly rows: number;
}

/** How long work is left, in every display that has the room. */
const wayOut = 'Ctrl+C stops';

/** The live display as text: the whole, what happens now, what waits, the notice, the way out. Never wider or higher than given. */
export function progressLines(view: ProgressView, size: ProgressSize, theme: Theme): readonly ToneLine[] {
  const width = size.columns;
  const notice: ToneLine[] =
    view.notice === undefined
      ? []
      : [
          {
            text: fit(`${theme.symbols.warning} ${view.notice}`, width, theme.symbols.ellipsis),
            tone: 'warn',
          },
        ];
  const queue: ToneLine[] =
    view.queue === undefined
      ? []
      : [{ text: fit(`  ${view.queue}`, width, theme.symbols.ellipsis), tone: 'dim' }];
  const room = Math.max(0, size.rows - 2 - notice.length - queue.length);
  const tooMany = view.lines.length > room;
  const shown = tooMany ? view.lines.slice(0, Math.max(0, room - 1)) : view.lines;
  const more = view.lines.length - shown.length;
  const lines: ToneLine[] = [
    { text: totalText(view, width, theme), tone: 'accent' },
    ...shown.map((line) => ({ text: trackText(line, width, theme) })),
    ...(more > 0 ? [{ text: `  and ${more} more`, tone: 'dim' as const }] : []),
    ...queue,
    ...notice,
    ...(width >= 30 ? [{ text: `  ${wayOut}`, tone: 'dim' as const }] : []),
  ];
  return lines.slice(0, Math.max(1, size.rows));
}

/**
 * "Road trip  ####....  12 of 40, 1 failed, about 3 min left". What does not fit goes: first the time, then the bar.
 * Where the whole is not known, only what is done: "Looking through the library  120".
 */
function totalText(view: ProgressView, width: number, theme: Theme): string {
  const { symbols } = theme;
  if (view.isIdle === true) return fit(view.title, width, symbols.ellipsis);
  if (view.total === 0) {
    return fit(`${view.title}  ${view.done > 0 ? view.done : symbols.ellipsis}`, width, symbols.ellipsis);
  }
  const counts = countsText({ ...view, etaMs: undefined });
  for (const text of [countsText(view), counts]) {
    const room = width - text.length - 4;
    const title = fit(view.title, Math.max(8, Math.floor(room / 2)), symbols.ellipsis);
    const cells = Math.min(30, room - displayWidth(title));
    if (cells < 8) continue;
    const full = view.total > 0 ? Math.min(cells, Math.floor((view.done / view.total) * cells)) : 0;
    return `${title}  ${symbols.barFull.repeat(full)}${symbols.barEmpty.repeat(cells - full)}  ${text}`;
  }
  return fit(counts, width, symbols.ellipsis);
}

/** "12 of 40, 1 failed, 2 to review, about 3 min left" */
export function countsText({
  done,
  total,
  failed,
  toReview = 0,
  etaMs,
}: Pick<ProgressView, 'done' | 'total' | 'failed' | 'toReview'> & {
  readonly etaMs?: number | undefined;
}): string {
  const failures = failed > 0 ? `, ${failed} failed` : '';
  const left = etaMs === undefined ? '' : `, about ${durationText(etaMs)} left`;
  const open = toReview > 0 ? `, ${toReview} to review` : '';
  return `${done} of ${total}${failures}${open}${left}`;
}

/** "  Queen - Bohemian Rhapsody      downloading  45 %  1.2 MB/s" */
function trackText(line: ProgressLine, width: number, theme: Theme): string {
  const percent = line.fraction === undefined ? '' : `${Math.floor(clamp(line.fraction) * 100)} %`;
  const speed = line.bytesPerSecond === undefined ? '' : speedText(line.bytesPerSecond);
  const wide = `  ${line.stage.padEnd(11)}  ${percent.padStart(5)}  ${speed.padStart(9)}`;
  const narrow = `  ${percent === '' ? line.stage : percent.padStart(5)}`;
  const details = width >= 60 ? wide : width >= 30 ? narrow : '';
  return `  ${fitTo(line.label, Math.max(0, width - details.length - 2), theme.symbols.ellipsis)}${details}`.trimEnd();
}

const clamp = (fraction: number) => Math.min(1, Math.max(0, fraction));

function speedText(bytesPerSecond: number): string {
  return bytesPerSecond >= 1_000_000
    ? `${(bytesPerSecond / 1_000_000).toFixed(1)} MB/s`
    : `${Math.round(bytesPerSecond / 1000)} kB/s`;
}

/** Rounded as people say it: "20 s", "3 min", "1 h 20 min". */
export function durationText(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest > 0 ? ` ${rest} min` : ''}`;
}
