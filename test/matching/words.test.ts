import { describe, expect, test } from 'vitest';
import { joined, sameness, scriptsDiffer, wordsFor } from '../../src/matching/words.ts';

describe('words for comparing', () => {
  test.each([
    ['RV411: II. Largo', ['rv', '411', '2', 'largo']],
    ['Молчат Дома', ['molchat', 'doma']],
    ['방탄소년단', ['bangtansonyeondan']],
    ['Μάλαμας', ['malamas']],
    ['LiSA紅蓮華', ['lisa', 'honglianhua']],
    ['Hob. XVI:48', ['hob', 'xvi', '48']],
  ])('%s reads %j', (text, words) => {
    expect(wordsFor(text).map((word) => word.latin)).toEqual(words);
  });

  test('two spellings with and without spaces join to one text', () => {
    expect(joined(wordsFor('Shoo-Fly'))).toBe(joined(wordsFor('Shoofly')));
  });

  test.each([
    ['parlor', 'parlour'],
    ['umbrella', 'umbrellas'],
    ['astatke', 'astatqe'],
    ['luv', 'love'],
    ['frined', 'friend'],
  ])('%s is nearly %s', (a, b) => {
    expect(sameness(a, b)).toBeGreaterThan(0.8);
  });

  test.each([
    ['night', 'light'],
    ['live', 'love'],
    ['466', '467'],
    ['man', 'men'],
    ['deliver', 'live'],
  ])('%s is not %s', (a, b) => {
    expect(sameness(a, b)).toBe(0);
  });

  test('letters of two scripts are not compared', () => {
    expect(scriptsDiffer('椎名林檎', 'Sheena Ringo')).toBe(true);
    expect(scriptsDiffer('BTS 방탄소년단', 'BTS')).toBe(false);
    expect(scriptsDiffer('1979', 'Кино')).toBe(false);
  });
});
