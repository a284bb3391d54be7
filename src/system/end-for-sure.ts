/** A second for the exit handlers, and for what Node waits for. */
const endScript = '(sleep 1; kill -s KILL "$1") & killer=$!; cat >/dev/null; kill "$killer"';

/**
 * Ends this process within a second or so, whatever blocks it: at its exit Node waits for threads, and one may hang in a
 * FIFO or on a network share. Where it ends by itself nothing happens.
 */
export function endForSure(): void {
  if (process.platform === 'win32') return;
  // Loaded only now, and without a wait: every start would pay for it.
  const { spawn } = process.getBuiltinModule('node:child_process');
  const child = spawn('/bin/sh', ['-c', endScript, 'harmoni-end', String(process.pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
    cwd: '/',
    env: { PATH: process.env['PATH'] },
  });
  child.once('error', () => undefined);
  child.unref();
}

/**
 * Ends this process after so many ms, if it's still at work then: for services, which are killed when they take longer.
 * @returns takes it back
 */
export function endWithin(ms: number, exitCode: number): () => void {
  const timer = setTimeout(() => {
    endForSure();
    process.exit(exitCode);
  }, ms);
  timer.unref();
  return () => clearTimeout(timer);
}
