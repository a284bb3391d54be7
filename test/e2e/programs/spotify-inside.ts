/**
 * Spotify and a browser inside a network namespace, where the stand-in's loopback is. Prints the address of the
 * stand-in; answers each line "approve URL" with the address that Spotify would send the browser to, and "secrets"
 * with all of them.
 */
import { createInterface } from 'node:readline';
import { createCatalogue } from '../../../src/demo/spotify-catalogue.ts';
import { startSpotifyStandIn } from '../../stand-ins/spotify-stand-in.ts';

const spotify = await startSpotifyStandIn({ catalogue: createCatalogue([]), approval: 'agree' });
const print = (text: string): void => void process.stdout.write(`${text}\n`);
print(spotify.url);
for await (const line of createInterface({ input: process.stdin })) {
  const [command = '', url = ''] = line.split(' ');
  if (command === 'secrets') print([...spotify.secrets].join(' '));
  if (command === 'approve') {
    const answer = await fetch(url, { redirect: 'manual' });
    print(answer.headers.get('location') ?? 'nowhere');
  }
}
await spotify.close();
