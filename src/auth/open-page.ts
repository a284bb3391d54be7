// Opens the web address or the folder that it is given, in the person's browser or file manager. A program of its own, because `open` has no option for
// the environment, and the browser must not get HARMONI's secrets.
import { once } from 'node:events';
import open from 'open';

const opener = await open(process.argv[2] ?? '');
// Elsewhere `open` waits itself, or takes the opener out of our process group, which ends with us.
if (process.platform === 'darwin' && opener.exitCode === null) {
  opener.ref();
  await once(opener, 'exit');
}
