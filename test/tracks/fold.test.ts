import { describe, expect, test } from 'vitest';
import { foldArtist, foldLetters, foldName, foldWords } from '../../src/tracks/fold.ts';

describe('folding', () => {
  test.each([
    ['AC/DC', 'acdc'],
    ['AC-DC', 'acdc'],
    ['P!nk', 'pink'],
    ['Sigur Rós', 'sigurros'],
    ['Sigur Ros', 'sigurros'],
    ['Beyoncé', 'beyonce'],
    ['Ke$ha', 'kesha'],
    ['$uicideboy$', 'suicideboys'],
    ['A$AP Rocky', 'asaprocky'],
    ['Motörhead', 'motorhead'],
    ['MØ', 'mo'],
    ['İbrahim Tatlıses', 'ibrahimtatlises'],
    ['Straße', 'strasse'],
    ['Ænima', 'aenima'],
    ['ﬁne ﬂower', 'fineflower'],
    ['Ｆｕｌｌ　Ｗｉｄｔｈ', 'fullwidth'],
    ['Ёлка', 'елка'],
    ['ΟΔΥΣΣΕΥΣ', 'οδυσσευσ'],
    ['椎名林檎', '椎名林檎'],
    ['방탄소년단', '방탄소년단'],
    ['U.S.S.R.', 'ussr'],
    ['Don’t Stop', 'dontstop'],
    ['Florence + The Machine', 'florenceandthemachine'],
    ['Simon & Garfunkel', 'simonandgarfunkel'],
    ['Naïve™', 'naive'],
  ])('%s folds to %s', (name, folded) => {
    expect(foldName(name)).toBe(folded);
  });

  test.each(['!!!', '+/-', '÷', '???', '💔', '-', ' ', '\u200b', '...'])(
    '%j never folds to nothing',
    (name) => {
      expect(foldName(name)).not.toBe('');
      expect(foldArtist(name)).not.toBe('');
    },
  );

  test('names of punctuation alone stay different from each other', () => {
    expect(foldName('!!!')).not.toBe(foldName('+/-'));
  });

  test('kana keep their voicing, which makes another letter', () => {
    expect(foldLetters('がぎ')).not.toBe(foldLetters('かき'));
  });

  test('a composed and a decomposed spelling are one', () => {
    expect(foldName('Beyonce\u0301')).toBe(foldName('Beyoncé'));
  });

  test('the words of a name are kept apart', () => {
    expect(foldWords('Rock & Roll — P.S. I Love You')).toEqual([
      'rock',
      'and',
      'roll',
      'ps',
      'i',
      'love',
      'you',
    ]);
  });

  test('an artist loses a leading The, but The The stays', () => {
    expect(foldArtist('The Beatles')).toBe(foldArtist('Beatles'));
    expect(foldArtist('The The')).toBe('the');
  });
});
