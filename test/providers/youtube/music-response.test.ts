import { describe, expect, test } from 'vitest';
import { parseMusicSearch } from '../../../src/providers/youtube/music-response.ts';
import { ofVideo } from '../../helpers/media.ts';
import { card, page, row, shelf } from './music-rows.ts';

const dot = [' • '] as const;
const songRow = row({
  videoId: 'aaaaaaaaaaa',
  title: 'Song',
  details: [
    ['One', 'ARTIST'],
    [', '],
    ['Tyler, The Creator', 'ARTIST'],
    dot,
    ['Album', 'ALBUM'],
    dot,
    ['3:20'],
  ],
  explicit: true,
  cover: 'https://lh3.example/abc=w120-h120-l90-rj',
});

describe('a row', () => {
  test('of a song has all that it says', () => {
    expect(parseMusicSearch(page(shelf(songRow)))).toEqual([
      {
        ...ofVideo('aaaaaaaaaaa'),
        title: 'Song',
        kind: 'song',
        artists: ['One', 'Tyler, The Creator'],
        album: 'Album',
        durationMs: 200_000,
        explicit: true,
        coverUrl: 'https://lh3.example/abc=w544-h544-l90-rj',
      },
    ]);
  });

  test.each([
    ['ATV', 'song'],
    ['OMV', 'official-video'],
    ['OFFICIAL_SOURCE_MUSIC', 'official-video'],
    ['UGC', 'user-video'],
    ['PODCAST_EPISODE', 'video'],
  ])('of type %s is a %s', (type, kind) => {
    expect(parseMusicSearch(page(shelf(row({ videoId: 'aaaaaaaaaaa', type }))))).toMatchObject([{ kind }]);
  });

  test("of a user's video has a channel and views", () => {
    const details = [['Someone', 'USER_CHANNEL'], dot, ['1.2M views'], dot, ['1:02:03']] as const;
    expect(
      parseMusicSearch(page(shelf(row({ videoId: 'aaaaaaaaaaa', type: 'UGC', details })))),
    ).toMatchObject([
      { channel: 'Someone', artists: ['Someone'], viewCount: 1_200_000, durationMs: 3_723_000 },
    ]);
  });

  test('without links has its artists from the text', () => {
    const details = [['Song'], dot, ['One, Two & Three'], dot, ['3:20']] as const;
    expect(parseMusicSearch(page(shelf(row({ videoId: 'aaaaaaaaaaa', details }))))).toMatchObject([
      { artists: ['One', 'Two', 'Three'], durationMs: 200_000 },
    ]);
  });

  test('without anything but a title and an id is still one', () => {
    expect(parseMusicSearch(page(shelf(row({ videoId: 'aaaaaaaaaaa', details: [] }))))).toMatchObject([
      { ...ofVideo('aaaaaaaaaaa'), artists: [], explicit: false },
    ]);
  });

  test.each([undefined, '', 'short', 'aaaaaaaaaaa"; rm', '--aaaaaaaaaaaa'])(
    'with the id %j is none',
    (id) => {
      expect(parseMusicSearch(page(shelf(row(id === undefined ? {} : { videoId: id }))))).toEqual([]);
    },
  );

  test('of an artist or an album is none', () => {
    const artist = {
      musicResponsiveListItemRenderer: { navigationEndpoint: { browseEndpoint: { browseId: 'UC1' } } },
    };
    expect(parseMusicSearch(page(shelf(artist, songRow)))).toHaveLength(1);
  });
});

describe('a page', () => {
  test('has the card of the top result first, then the rows, each video once', () => {
    const top = card(
      { videoId: 'bbbbbbbbbbb', title: 'Top', details: [['Song'], dot, ['One', 'ARTIST'], dot, ['2:00']] },
      [row({ videoId: 'ccccccccccc', title: 'In the card' })],
    );
    const again = row({ videoId: 'bbbbbbbbbbb', title: 'Again' });
    expect(parseMusicSearch(page(top, shelf(songRow, again))).map((found) => found.title)).toEqual([
      'Top',
      'In the card',
      'Song',
    ]);
  });

  test.each([null, undefined, 7, 'text', [], {}, { contents: null }, page(), { error: { code: 403 } }])(
    'of %j has no results',
    (answer) => {
      expect(parseMusicSearch(answer)).toEqual([]);
    },
  );

  test('that is nested without end is read to some depth', () => {
    let deep: unknown = songRow;
    for (let level = 0; level < 10_000; level += 1) deep = { deep };
    expect(parseMusicSearch(deep)).toEqual([]);
  });

  test('with any one part missing, or of another kind, does not throw', () => {
    const whole = JSON.stringify(page(card({ videoId: 'bbbbbbbbbbb' }), shelf(songRow)));
    const keys = new Set([...whole.matchAll(/"(\w+)":/g)].map(([, key]) => key ?? ''));
    for (const key of keys) {
      for (const other of ['null', '7', '"x"', '[]', '{}']) {
        const broken: unknown = JSON.parse(
          whole,
          (name, value: unknown) => (name === key ? (JSON.parse(other) as unknown) : value), // JSON that was written three lines above
        );
        expect(() => parseMusicSearch(broken)).not.toThrow();
      }
    }
  });
});
