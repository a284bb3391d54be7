import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The path in what was typed, pasted or dropped into the terminal: "~" is the home folder, and quotes, "\ " for a space and
 * file:// go, as each terminal writes a dropped file in its own way. Pure.
 */
export function typedPath(text: string, home: string, platform: NodeJS.Platform = process.platform): string {
  // PowerShell drops a file as a command: & 'C:\My Files\x.csv'
  const bare = text.trim().replace(/^&\s+(?=['"])/, '');
  const [, , quoted] = /^(["'])(.*)\1$/s.exec(bare) ?? [];
  if (quoted === undefined && URL.canParse(bare) && bare.startsWith('file://')) return pathOfUrl(bare);
  const path = quoted ?? (platform === 'win32' ? bare : bare.replaceAll(/\\(.)/g, '$1'));
  return /^~(?=$|[/\\])/.test(path) ? join(home, path.slice(1)) : path;
}

function pathOfUrl(url: string): string {
  try {
    return fileURLToPath(url);
  } catch {
    return url;
  }
}
