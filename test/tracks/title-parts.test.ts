import { describe, expect, test } from 'vitest';
import { readTitle } from '../../src/tracks/title-parts.ts';
import { versionKey } from '../../src/tracks/version-words.ts';

describe('taking a title apart', () => {
  test.each([
    ['Song (Live)', 'song', 'live'],
    ['Song - Live at Wembley', 'song', 'live:wembley'],
    ['Song (Live At Wembley)', 'song', 'live:wembley'],
    ['Song - Remastered 2011', 'song', 'remaster:2011'],
    ['Song (2011 Remaster)', 'song', 'remaster:2011'],
    ['Song - Radio Edit', 'song', 'radio'],
    ['Song (Extended Mix)', 'song', 'extended'],
    ['Song (Acoustic)', 'song', 'acoustic'],
    ['Song (Instrumental)', 'song', 'instrumental'],
    ['Song (Karaoke Version)', 'song', 'karaoke'],
    ['Song (Originally Performed By Someone)', 'song', 'cover'],
    ['Song (Sped Up)', 'song', 'sped up'],
    ['Song (Slowed + Reverb)', 'song', 'slowed'],
    ['Song [Nightcore]', 'song', 'nightcore'],
    ['Song (8D Audio)', 'song', '8d'],
    ['Song (A Cappella)', 'song', 'a cappella'],
    ['Song - Demo', 'song', 'demo'],
    ['Song - Mono', 'song', 'mono'],
    ['Song - Stereo', 'song', ''],
    ['Song - Original Mix', 'song', ''],
    ['Song (Clean)', 'song', 'clean'],
    ['Song [Explicit]', 'song', ''],
    ['Song (1 Hour)', 'song', 'loop'],
    ['Song (30 minutes)', 'song', 'loop'],
    ['Song (Reaction)', 'song', 'reaction'],
    ['Song (Guitar Lesson)', 'song', 'tutorial'],
    ['Song (Teaser)', 'song', 'teaser'],
    ['Song (Full Album)', 'song', 'collection'],
    ["Song (Taylor's Version)", 'song', 'rerecorded'],
    ['Song - Spanish Version', 'song', 'language:spanishversion'],
    ['Ghost - Lost Kings Remix', 'ghost', 'remix:lostkings'],
    ['Ghost (Lost Kings Remix)', 'ghost', 'remix:lostkings'],
    ['Ignition Remix', 'ignition', 'remix'],
    ['Komorebi, Pt. 2', 'komorebi', 'part:2'],
    ['Komorebi Part II', 'komorebi', 'part:2'],
    ['ライブ', 'ライブ', ''],
    ['残響 (ライブ)', '残響', 'live'],
  ])('%s is "%s" in the version "%s"', (title, name, key) => {
    const parts = readTitle(title);
    expect(parts.name.join(' ')).toBe(name);
    expect(versionKey(parts.versions)).toBe(key);
  });

  test.each([
    'Live and Let Die',
    'Deliver',
    'Alive',
    'Cover Me',
    'Demo',
    'Part of Me',
    'Olive',
    'Remix',
    '(Live)',
  ])('%s is a name, not a version', (title) => {
    expect(readTitle(title).versions).toEqual([]);
    expect(readTitle(title).name.length).toBeGreaterThan(0);
  });

  test.each([
    ['Bad (feat. Jessame)', ['Jessame']],
    ['Bad ft. Jessame & Someone Else', ['Jessame', 'Someone Else']],
    ['Bad [Featuring Jessame]', ['Jessame']],
    ['Bad (with Jessame)', ['Jessame']],
    ['テスト (feat.初音ミク)', ['初音ミク']],
    ['Stuck (feat. Tove Styrke) - Kuur Remix', ['Tove Styrke']],
  ])('the guests of %s are credits', (title, guests) => {
    const parts = readTitle(title);
    expect(parts.featuring).toEqual(guests);
    expect(parts.name).toHaveLength(1);
  });

  test.each([
    'Song (Official Video)',
    'Song [HD]',
    'Song (Lyrics)',
    'Song [Official 4K Video]',
    'Song - Bonus Track',
    'Song - From "Frozen"',
    'Song 【公式】',
  ])('%s is only decorated', (title) => {
    const parts = readTitle(title);
    expect(parts.name).toEqual(['song']);
    expect(parts.versions).toEqual([]);
    expect(parts.decoration).toHaveLength(1);
  });

  test('a subtitle in brackets belongs to the name, not to its core', () => {
    const parts = readTitle("(I Can't Get No) Satisfaction");
    expect(parts.name).toEqual(['i', 'cant', 'get', 'no', 'satisfaction']);
    expect(parts.core).toEqual(['satisfaction']);
  });

  test('a name with a dash inside stays whole', () => {
    expect(readTitle('Macklean Sonata I - Allegro').name).toEqual(['macklean', 'sonata', 'i', 'allegro']);
  });

  test('brackets within brackets are read', () => {
    const parts = readTitle('Song (In the Style of Someone (Karaoke Version))');
    expect(parts.name).toEqual(['song']);
    expect(versionKey(parts.versions)).toBe('cover karaoke');
  });
});
