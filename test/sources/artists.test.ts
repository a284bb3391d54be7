import { expect, test } from 'vitest';
import { type ArtistStyle, splitArtists } from '../../src/sources/artists.ts';

test.each<[text: string, style: ArtistStyle, count: number | undefined, artists: readonly string[]]>([
  ['Queen;David Bowie', 'any', undefined, ['Queen', 'David Bowie']],
  ['Queen,David Bowie', 'any', undefined, ['Queen', 'David Bowie']],
  ['Queen, David Bowie', 'any', undefined, ['Queen', 'David Bowie']],
  ['Tyler\\, The Creator, Kali Uchis', 'any', 2, ['Tyler, The Creator', 'Kali Uchis']],
  ['Tyler, The Creator', 'any', 1, ['Tyler, The Creator']],
  ['Tyler, The Creator,Kali Uchis', 'any', 2, ['Tyler, The Creator', 'Kali Uchis']],
  ['Tyler, The Creator', 'comma', undefined, ['Tyler, The Creator']],
  ['Tyler, The Creator', 'semicolon', undefined, ['Tyler, The Creator']],
  ['Queen, David Bowie', 'whole', undefined, ['Queen, David Bowie']],
  ['10,000 Maniacs', 'any', undefined, ['10,000 Maniacs']],
  ['10,000 Maniacs,R.E.M.', 'comma', undefined, ['10,000 Maniacs', 'R.E.M.']],
  ['R.E.M., 10,000 Maniacs', 'any', undefined, ['R.E.M.', '10,000 Maniacs']],
  ['blink-182,311,Maroon 5,311', 'any', undefined, ['blink-182', '311', 'Maroon 5']],
  ['Queen; ;Queen;undefined', 'any', undefined, ['Queen']],
  ['', 'any', undefined, []],
])('%j in the style %s of %s', (text, style, count, artists) => {
  expect(splitArtists(text, style, count)).toEqual(artists);
});
