import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCatalogue } from '../../src/demo/spotify-catalogue.ts';
import { demoClient } from '../stand-ins/spotify-clients.ts';
import { startSpotifyStandIn } from '../stand-ins/spotify-stand-in.ts';
import { projectDir } from '../helpers/world.ts';

/** The example of the readme's section about `harmoni/auth`, as it stands there. */
function readmeExample(): string {
  const readme = readFileSync(join(projectDir, 'readme.md'), 'utf8');
  const code = /```js\n([^`]*?harmoni\/auth(?:[^`]|`(?!``))*?)\n```/.exec(readme)?.[1];
  if (code === undefined) throw new Error('readme.md has no example with harmoni/auth.');
  return code;
}

/**
 * Runs the readme's example as a program of its own, beside a package `harmoni`, against the stand-in of Spotify. The
 * person signs in and pastes the address they land on.
 * @returns what it printed, how it ended, and the token file that it made
 */
export async function runReadmeExample(
  packageDir: string,
): Promise<{ output: string; exitCode: number | null; tokenFile: unknown }> {
  const secret = 'SECRET-OF-THE-APP';
  const spotify = await startSpotifyStandIn({
    catalogue: createCatalogue([]),
    clients: [{ ...demoClient, secret }],
    approval: 'agree',
  });
  const folder = mkdtempSync(join(tmpdir(), 'harmoni-example-'));
  try {
    mkdirSync(join(folder, 'node_modules'));
    symlinkSync(packageDir, join(folder, 'node_modules', 'harmoni'), 'junction');
    writeFileSync(join(folder, 'example.mjs'), readmeExample());
    const child = spawn(process.execPath, ['example.mjs'], {
      cwd: folder,
      env: {
        SPOTIFY_CLIENT_ID: demoClient.id,
        SPOTIFY_CLIENT_SECRET: secret,
        SPOTIFY_REDIRECT_URI: 'http://127.0.0.1:8888/callback',
        HARMONI_SPOTIFY_ACCOUNTS_URL: spotify.url,
      },
    });
    let output = '';
    let pasted = false;
    const paste = async (url: string): Promise<void> => {
      const answer = await fetch(url, { redirect: 'manual' });
      child.stdin.end(`${answer.headers.get('location') ?? ''}\n`);
    };
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /http:\/\/\S+\/authorize\?\S+(?=\s)/.exec(output)?.[0];
      if (url === undefined || pasted) return;
      pasted = true;
      void paste(url);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const exitCode = await new Promise<number | null>((resolve) => child.once('close', resolve));
    if (exitCode !== 0) return { output, exitCode, tokenFile: undefined };
    return { output, exitCode, tokenFile: JSON.parse(readFileSync(join(folder, 'token.json'), 'utf8')) };
  } finally {
    await spotify.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
