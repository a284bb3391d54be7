import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { sayLeftOut } from './left-out.ts';

/** A real terminal to look at: a program in a tmux server of its own. */
export interface TmuxTerminal {
  /** Keys as tmux names them: Down, Space, Enter, Escape, C-a, BSpace ... */
  readonly keys: (...names: string[]) => void;
  /** Types the text as it is. */
  type(text: string): void;
  /** What the screen shows, one string per line, without the spaces at the end. */
  screen(): string[];
  /** The same with its colours, as SGR sequences; each line is complete in itself. */
  painted(): string[];
  /** What the screen shows and what has scrolled out of it. */
  scrolled(): string[];
  /** All that was ever printed, with lines that the terminal wrapped as one. */
  printed(): string;
  /** Waits until a line matches and gives the screen of that moment. @param withinMs for what takes long; 15 s */
  shows(pattern: RegExp, withinMs?: number): Promise<string[]>;
  resize(columns: number, rows: number): void;
  /** From here on what the program writes is kept in this file too, byte by byte. Gives what it has so far. */
  recorded(file: string): () => string;
  /** The shell that the program runs in. */
  shellPid(): number;
  end(): void;
}

export const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) sayLeftOut('the tests in a real terminal', 'tmux is not installed');

let count = 0;

/** Starts `node ARGS` in a terminal of the given size; "[exit CODE]" follows its end. `end()` it in any case. */
export function openTmux(
  args: readonly string[],
  size: { columns: number; rows: number },
  env: Readonly<Record<string, string>> = {},
): TmuxTerminal {
  const server = `harmoni-test-${process.pid}-${count++}`;
  const tmux = (...words: string[]) =>
    spawnSync('tmux', ['-u', '-f', '/dev/null', '-L', server, ...words], {
      encoding: 'utf8',
      env: { ...process.env, TERM: 'xterm-256color', LC_ALL: 'C.UTF-8', ...env },
    });
  // Ctrl+C reaches the shell as well, which has to outlive it to tell the exit code.
  const shell =
    'trap : INT; read -r go; printf "\\033[2J\\033[H"; "$0" "$@"; echo "[exit $?]"; exec sleep 60';
  const started = tmux(
    ...['new-session', '-d', '-x', String(size.columns), '-y', String(size.rows)],
    ...['sh', '-c', shell, process.execPath, ...args],
  );
  if (started.status !== 0) throw new Error(`tmux did not start: ${started.stderr}`);
  tmux('set', '-g', 'status', 'off');
  tmux('set', '-g', 'escape-time', '0');
  // Without its status line the window has one row more; only then the program may look at its size.
  tmux('resize-window', '-x', String(size.columns), '-y', String(size.rows));
  tmux('send-keys', 'go', 'Enter');

  const capture = (...how: string[]) =>
    tmux('capture-pane', '-p', ...how)
      .stdout.replace(/\n+$/, '')
      .split('\n');
  const screen = () => capture();
  return {
    keys: (...names) => void tmux('send-keys', ...names),
    type: (text) => void tmux('send-keys', '-l', text),
    screen,
    painted() {
      // tmux writes what changes from one character to the next, also over the end of a line.
      let before = '';
      return capture('-e').map((line) => {
        const whole = before + line;
        before = (whole.match(/\u001b\[[\d;]*m/gu) ?? []).join('');
        return whole;
      });
    },
    scrolled: () => capture('-S', '-'),
    printed: () => tmux('capture-pane', '-p', '-J', '-S', '-').stdout,
    async shows(pattern, withinMs = 15_000) {
      const deadline = Date.now() + withinMs;
      // A look is a process of its own: who looks too often takes the time from what is looked at.
      for (let betweenMs = 20; ; betweenMs = Math.min(150, betweenMs * 1.3)) {
        const lines = screen();
        if (lines.some((line) => pattern.test(line))) return lines;
        if (Date.now() > deadline)
          throw new Error(`${String(pattern)} did not appear in:\n${lines.join('\n')}`);
        await pause(betweenMs);
      }
    },
    resize: (columns, rows) => void tmux('resize-window', '-x', String(columns), '-y', String(rows)),
    recorded(file) {
      tmux('pipe-pane', '-O', `cat > '${file}'`);
      return () => readFileSync(file, 'utf8');
    },
    shellPid: () => Number(tmux('list-panes', '-F', '#{pane_pid}').stdout),
    end: () => void tmux('kill-server'),
  };
}
