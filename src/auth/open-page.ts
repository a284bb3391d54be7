// Opens the web address or the folder that it is given, in the person's browser or file manager. A program of its own, because `open` has no option for
// the environment, and the browser must not get HARMONI's secrets.
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import open from 'open';

/** xdg-open tells within a moment that it found no program; a browser that it runs itself keeps it for as long. */
const longestLookMs = 2_000;

const opener = await open(process.argv[2] ?? '');
if (opener.exitCode === null) {
  opener.ref();
  const exit = once(opener, 'exit');
  // On macOS `open` waits neither, nor takes the opener out of our process group, which ends with us.
  await (process.platform === 'darwin' ? exit : Promise.race([exit, sleep(longestLookMs)]));
  opener.unref();
}
// Explorer ends with 1 when all went well.
if (process.platform === 'linux' && (opener.exitCode ?? 0) !== 0) process.exitCode = 1;
