import { spawn } from 'node:child_process';

/**
 * The time from the moment in which a program is executed in a terminal of its own until it has written `until`; without
 * that, until it has ended. In ms. The terminal is made by `script` (util-linux), whose own start is not counted.
 */
export function timeInTerminal(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
  until?: string,
): Promise<number> {
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const shell = `stty rows 24 cols 80; printf '<%s>' $EPOCHREALTIME; exec ${quoted}`;
  const child = spawn('script', ['-qec', shell, '/dev/null'], {
    env: { ...env, SHELL: '/bin/bash', TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let text = '';
  let ms: number | undefined;
  const read = (): void => {
    const began = Number(/<([\d.]+)>/.exec(text)?.[1]) * 1000;
    ms ??= performance.timeOrigin + performance.now() - began;
  };
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
    if (until === undefined || !text.includes(until)) return;
    read();
    // The terminal is closed.
    child.kill();
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), 60_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => {
      clearTimeout(deadline);
      if (until === undefined) read();
      if (ms === undefined || Number.isNaN(ms)) reject(new Error(`"${until ?? ''}" was not shown:\n${text}`));
      else resolve(ms);
    });
  });
}
