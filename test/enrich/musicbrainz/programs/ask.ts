// A HARMONI that looks some songs up: its data folder, MusicBrainz' address, the first number, how many.
import { connectFacts } from '../../../../src/engine/facts.ts';
import { openStore } from '../../../../src/history/store.ts';
import { systemClock } from '../../../../src/system/clock.ts';
import { createHttp } from '../../../../src/system/http.ts';
import { song } from '../songs.ts';

const [data = '', url = '', from = '', count = ''] = process.argv.slice(2);
const store = openStore(data, systemClock);
const http = createHttp();
const config = { musicbrainz: true, musicbrainz_url: url, cover_art_archive_url: url };
const songs = Array.from({ length: Number(count) }, (_, at) => {
  const number = Number(from) + at;
  return song(number, { ALBUM: [`Album ${number}`] });
});
const result = await connectFacts({ store, http, clock: systemClock, config })?.factsFor(
  songs,
  new AbortController().signal,
  { onFound: ({ key }) => console.log(key) },
);
console.log(`found ${result?.found.size ?? 0}`);
await http.close();
store.close();
