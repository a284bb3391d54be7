import { expect, test } from 'vitest';
import { errorTable } from '../../src/error-table.ts';
import { inMenuWords } from '../../src/ui/menu-words.ts';

test.each(Object.entries(errorTable))(
  'the remedy for %s names no command that the menu has',
  (_code, { fix }) => {
    expect(inMenuWords(fix)).not.toMatch(
      /harmoni (?:review|retry|resume|login|doctor|config reset)|--accept/,
    );
  },
);

test.each([
  ['Run harmoni library enrich to look them up.', 'Choose Management → Embed metadata to look them up.'],
  [
    'If one is the wrong recording, choose another with harmoni review redo NAME.',
    'If one is the wrong recording, choose another in Downloads → Fix a wrong match.',
  ],
  [
    'Checked 2 songs. Add --deep to listen to each of them as well.',
    'Checked 2 songs. To listen to each of them as well, choose Tools → Library cleanup → Listen to every song.',
  ],
  [
    '(MusicBrainz is off: harmoni config set musicbrainz true, or --only facts)',
    '(MusicBrainz is off: Config → Change a setting → musicbrainz)',
  ],
  [
    '9 songs skipped: not made by HARMONI (add --all to include them).',
    '9 songs skipped: not made by HARMONI.',
  ],
  ['1 song is left alone. Add --all to include them.', '1 song is left alone.'],
  ['only larger. Add --lossy-to-lossless to convert it anyway.', 'only larger.'],
  ['Run harmoni undo to bring them back.', 'Choose Tools → History to bring them back.'],
  ['To take this back, run harmoni undo 4.', 'To take this back, choose run 4 in Tools → History.'],
])('"%s" is said with the items of the menu', (text, expected) => {
  expect(inMenuWords(text)).toBe(expected);
});

test('what is no such command stays', () => {
  expect(inMenuWords('Run harmoni retry later, or choose another video with harmoni review.')).toBe(
    'Choose Downloads → Retry failed songs later, or choose another video in Downloads → Review uncertain matches.',
  );
  expect(inMenuWords('Wait an hour.')).toBe('Wait an hour.');
});

test.each([
  [
    "3 songs that HARMONI didn't download are left alone. Add --all to include them.",
    "3 songs that HARMONI didn't download are left alone.",
  ],
  [
    '2 songs skipped: not made by HARMONI (add --all to include them).',
    '2 songs skipped: not made by HARMONI.',
  ],
  [
    '1 song skipped: broken (see harmoni library verify).',
    '1 song skipped: broken (see Management → Verify and repair).',
  ],
  [
    'Your files stay as they are, and harmoni undo takes it back.',
    'Your files stay as they are, and Tools → History takes it back.',
  ],
  [
    'The old files are in the trash. Run harmoni undo to bring them back.',
    'The old files are in the trash. Choose Tools → History to bring them back.',
  ],
  ['To take this back, run harmoni undo 7.', 'To take this back, choose run 7 in Tools → History.'],
  [
    'To compare 3 uncertain songs with official previews, run harmoni config set verify_by_ear uncertain, then harmoni retry.',
    'To compare 3 uncertain songs with official previews, choose Downloads → Review uncertain matches.',
  ],
  ['there, too. harmoni doctor tests it.', 'there, too. Tools → Check for problems tests it.'],
  [
    "HARMONI won't ask again. To compare songs later, run harmoni config set verify_by_ear uncertain.",
    "HARMONI won't ask again. To compare songs later, choose Config → Change a setting → verify_by_ear.",
  ],
  [
    '3 songs could only be compared by tags. Run harmoni library scan --deep to compare by sound, too.',
    '3 songs could only be compared by tags. Choose Tools → Library cleanup → Listen to every song to compare by sound, too.',
  ],
])('in the menu, "%s" names items and no options', (said, shown) => {
  expect(inMenuWords(said)).toBe(shown);
});
