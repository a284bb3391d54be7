import type { IndexedFile } from '../../src/history/file-index.ts';
import type { KnownList } from '../../src/library/known-lists.ts';
import { countLibrary, type CountedSong, type LibraryStatistics } from '../../src/library/statistics.ts';
import type { SongFacts } from '../../src/tracks/song-facts.ts';
import type { Track } from '../../src/tracks/track.ts';
import { createRandom } from '../helpers/random.ts';

/** A song as a library counts it, of which the test names what it needs. */
export function countedSong(
  track: Partial<Track> & Pick<Track, 'track'>,
  more: {
    file?: Partial<IndexedFile>;
    facts?: Partial<SongFacts>;
    addedAtMs?: number;
    isHeard?: boolean;
  } = {},
): CountedSong {
  const artists = track.artists ?? ['Air'];
  const song: Track = { artist: artists.join(', '), ...track, artists };
  return {
    track: song,
    name: `${song.artist} - ${song.track}`,
    addedAtMs: more.addedAtMs ?? 0,
    isHeard: more.isHeard ?? false,
    file: {
      path: `/${song.track}.mp3`,
      sizeBytes: 4_000_000,
      modifiedMs: 0,
      downloaded: true,
      format: 'mp3',
      ...more.file,
    },
    facts: { artists, genres: [], isrcs: [], hasCover: false, ...more.facts },
  };
}

const artistNames = [
  ...[
    'The Lanterns',
    'Ada Quill',
    'Marble Coast',
    'Sigurd Rós',
    '椎名林檎',
    'AC/DC',
    'Night Ferry',
    'Oumou & Sons',
    'P!nk',
  ],
  ...[
    'Tyler, The Creator',
    'Kolibri',
    'Paper Moons',
    'Beyoncé',
    'The Quiet Arithmetic of Extremely Long Band Names',
    'فيروز',
  ],
];
const genreNames = [
  'indie rock',
  'electronic',
  'soul',
  'jazz',
  'hip hop',
  'ambient',
  'folk',
  'pop',
  'post-rock',
  'dub',
  'fado',
];
const formats = [
  ...[
    ['opus', 'Opus', 130],
    ['opus', 'Opus', 130],
    ['opus', 'Opus', 128],
    ['m4a', 'MPEG-4/AAC', 129],
  ],
  ...[
    ['mp3', 'MPEG 1 Layer 3', 256],
    ['flac', 'FLAC', 900],
    ['ogg', 'Vorbis I', 192],
  ],
] as const;

/** A library of some years, with all that the statistics tell. The same each time. */
export function sampleLibrary(count = 4_812): LibraryStatistics {
  const random = createRandom(7);
  const begin = Date.UTC(2023, 2, 1);
  const songs = Array.from({ length: count }, (_, index) => {
    const [format, codec, bitrateKbps] = random.pick(formats);
    const artist = artistNames[Math.floor(random.next() ** 2 * artistNames.length)] ?? '';
    const year = 2026 - Math.floor(random.next() ** 2.2 * 67);
    const durationMs = random.between(120_000, 400_000);
    return countedSong(
      { artists: [artist], track: `Song ${index % (count - 40)}`, durationMs },
      {
        file: {
          format,
          bitrateKbps,
          durationMs,
          sizeBytes: Math.round((durationMs * bitrateKbps) / 8),
          ...(index % 900 === 0 ? { fault: 'it is cut off' } : {}),
        },
        facts: {
          artist,
          album: `Album ${random.between(1, 400)}`,
          ...{
            codec,
            isLossless: format === 'flac',
            genres: [random.pick(genreNames.slice(0, random.between(2, 11)))],
          },
          ...(random.next() < 0.95 ? { date: String(year) } : {}),
          ...{ hasCover: random.next() < 0.97, isrcs: random.next() < 0.8 ? [`ZZTST${index}`] : [] },
          ...(random.next() < 0.6
            ? { lyrics: random.next() < 0.7 ? ('synced' as const) : ('plain' as const) }
            : {}),
          ...(random.next() < 0.5 ? { recordingId: 'x' } : {}),
          ...(random.next() < 0.35 ? { trackGainDb: -7 } : {}),
        },
        isHeard: index % 3 === 0,
        addedAtMs: begin + Math.floor(random.next() ** 0.6 * 1_350) * 86_400_000,
      },
    );
  });
  const list = (name: string, have: number, unsure: number, none: number): KnownList => {
    const row = (status?: 'unsure' | 'none') => {
      const track: Track = { artists: ['A'], artist: 'A', track: 'T' };
      return status === undefined ? { track } : { track, lack: { status, reason: '' } };
    };
    return {
      name,
      isFollowed: true,
      rows: [
        ...Array.from({ length: have }, () => row()),
        ...Array.from({ length: unsure }, () => row('unsure')),
        ...Array.from({ length: none }, () => row('none')),
      ],
    };
  };
  const lists = [
    ...[list('Liked Songs', 2_214, 12, 40), list('Road Trip', 86, 3, 1), list('Sunday Morning', 120, 0, 0)],
    ...[
      list('Late Night <b>Coding</b> & Very Long Playlist Names That Nobody Reads', 44, 20, 30),
      list('Discoveries 2026', 7, 21, 2),
    ],
  ];
  return countLibrary(songs, lists, [
    { code: 'no-match', reason: 'Nothing on YouTube is like this song.', songs: 61 },
    { code: 'match-unsure', reason: 'No match is certain enough.', songs: 56 },
    { code: 'video-gone', reason: 'The video is private or was removed.', songs: 9 },
  ]);
}
