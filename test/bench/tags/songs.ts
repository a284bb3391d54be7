import type { Track } from '../../../src/tracks/track.ts';
import type { Random } from '../../helpers/random.ts';

/** Letters of one to four bytes, and what readers stumble over. */
const letters = [
  ...Array.from('abcdefghijklmnopqrstuvwxyz ABC 0123456789'),
  ...Array.from('äöüßéèñçøåœ椎名林檎音楽日本語שלוםمرحبا'),
  ...Array.from('😀🎵🎧👩\u200d👩\u200d👧'),
  ...Array.from('/\\"\'=;:,&%#\0\r\n\t\u0301\ufeff\u202e\u200b\u2028'),
  '\ud800',
];

function textOf(random: Random, most: number): string {
  const length = random.spread(1, most);
  return Array.from({ length }, () => random.pick(letters)).join('');
}

/** A song with texts of random size; most are short, some are as long as a book. */
export function randomSong(random: Random): Track {
  const most = random.next() < 0.05 ? 40_000 : 400;
  const artists = Array.from({ length: random.between(1, 4) }, () => textOf(random, most));
  const extra = Array.from({ length: random.between(0, 6) }, (_, at) => [`X${at}`, textOf(random, most)]);
  return {
    artists,
    artist: artists.join(', '),
    track: textOf(random, most),
    ...(random.next() < 0.8 ? { album: textOf(random, most) } : {}),
    albumArtists: artists.slice(0, 1),
    releaseDate: random.pick(['1999', '2019-05', '2024-12-31']),
    trackNumber: random.between(1, 99),
    trackTotal: 99,
    discNumber: 1,
    discTotal: 2,
    isrc: `ZZTST${random.between(1_000_000, 9_999_999)}`,
    genres: [textOf(random, 30)],
    label: textOf(random, most),
    tempo: random.between(60, 200),
    spotifyUri: `spotify:track:${random.between(1, 1_000_000_000)}`,
    extra: Object.fromEntries(extra) as Record<string, string>,
  };
}
