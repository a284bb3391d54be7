import { fileURLToPath } from 'node:url';
import { isPackaged } from '../config/edition.ts';
import { runProcess } from '../system/process.ts';

/** Whether a browser can be seen from here: on Linux that takes a desktop, or Windows around it (WSL). */
export function hasDesktop(
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (platform === 'win32' || platform === 'darwin') return true;
  return ['DISPLAY', 'WAYLAND_DISPLAY', 'WSL_DISTRO_NAME'].some((name) => (environment[name] ?? '') !== '');
}

const timeoutMs = 30_000;

/** Opens a web address in the person's browser; whether one could be started. */
export async function openInBrowser(url: string): Promise<boolean> {
  return /^https?:\/\//i.test(url) && openOnDesktop(url);
}

/**
 * Opens a web address or a folder with the program that the desktop has for it; whether one could be started. Without a
 * desktop it is not even tried, because the opener would then start a text browser in the middle of our screen.
 */
export async function openOnDesktop(target: string): Promise<boolean> {
  if (!hasDesktop(process.platform, process.env)) return false;
  try {
    const program = new URL(isPackaged ? 'open-page.js' : 'open-page.ts', import.meta.url);
    const options = { timeoutMs, mayLiveOn: true };
    const { exitCode } = await runProcess(process.execPath, [fileURLToPath(program), target], options);
    return exitCode === 0;
  } catch {
    return false;
  }
}
