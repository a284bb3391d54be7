import type { createLogUpdate } from 'log-update';
import type { Progress, ProgressView } from './progress.ts';
import type { Tone } from './prompter.ts';
import { progressLines } from './progress-text.ts';
import { paragraph, safeText } from './safe-text.ts';
import type { Theme } from './theme.ts';

type Output = NodeJS.WritableStream & {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
};

/** More often only costs; less looks stuck. In ms. */
const redrawPause = 100;

/** The live display on a terminal; on a pipe, in a file or where it's to be plain, only the lines that stay. */
export function createTerminalProgress(output: Output, theme: Theme, plain = false): Progress {
  return output.isTTY === true && !plain
    ? createLiveProgress(output, theme)
    : createPlainProgress(output, theme);
}

function createPlainProgress(output: Output, theme: Theme): Progress {
  let print: Progress['print'] = (line) => void output.write(`${theme.local(safeText(line))}\n`);
  return {
    isLive: false,
    draw: () => undefined,
    print: (line, tone) => print(line, tone),
    logTo: (log) => void (print = log),
    alert: () => undefined,
    end: () => undefined,
  };
}

function createLiveProgress(output: Output, theme: Theme): Progress {
  let display: ReturnType<typeof createLogUpdate> | undefined;
  let loading: Promise<void> | undefined;
  let latest: ProgressView | undefined;
  let drawn: ProgressView | undefined;
  let timer: NodeJS.Timeout | undefined;

  /** Loading it takes a tenth of a short start, and many starts draw nothing. */
  async function load(): Promise<void> {
    const { createLogUpdate: create } = await import('log-update');
    // It hides the cursor and gives it back with done(); when the process ends early, its exit hook does.
    display = create(output);
    schedule();
  }
  function render(): void {
    if (latest === undefined || display === undefined) return;
    drawn = latest;
    display(drawing(latest, output, theme));
  }
  /** Draws now and then not before the pause is over; the last view is never lost. */
  function schedule(): void {
    if (timer !== undefined) return;
    render();
    timer = setTimeout(() => {
      timer = undefined;
      if (latest !== drawn) schedule();
    }, redrawPause);
    timer.unref();
  }

  return {
    isLive: true,
    draw(view) {
      latest = view;
      // If it can't be loaded, only the lines that stay are shown.
      if (display === undefined) loading ??= load().catch(() => undefined);
      else schedule();
    },
    print(line, tone) {
      const text = paragraph(`${signOf(tone, theme)}${theme.local(safeText(line))}`, output.columns ?? 80);
      const painted = theme.paint(text, tone);
      if (display === undefined) output.write(`${painted}\n`);
      else display.persist(painted);
      render();
    },
    alert(text) {
      // OSC 9 is a notification in iTerm2, kitty, WezTerm, Ghostty, foot and Windows Terminal; the bell is one elsewhere.
      output.write(`\u001b]9;${safeText(text)}\u0007\u0007`);
    },
    end() {
      clearTimeout(timer);
      timer = undefined;
      latest = undefined;
      display?.clear();
      display?.done();
    },
  };
}

function drawing(view: ProgressView, { columns = 80, rows = 24 }: Output, theme: Theme): string {
  // One column and one row less than there are: the last cell makes some terminals wrap or scroll.
  const lines = progressLines(view, { columns: columns - 1, rows: rows - 1 }, theme);
  return lines.map((line) => theme.paint(line.text, line.tone)).join('\n');
}

/** Colours alone don't tell everyone. */
function signOf(tone: Tone | undefined, theme: Theme): string {
  if (tone === 'ok') return `${theme.symbols.tick} `;
  if (tone === 'fail') return `${theme.symbols.cross} `;
  return tone === 'warn' ? `${theme.symbols.warning} ` : '';
}
