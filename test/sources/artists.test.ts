import { expect, test } from 'vitest';
import { type ArtistStyle, createArtistVote, splitArtists } from '../../src/sources/artists.ts';

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
  ['Guest; Semi', 'comma', undefined, ['Guest; Semi']],
  ['Guest; Semi, Other', 'comma-space', undefined, ['Guest; Semi', 'Other']],
  ['Queen;Guest; Semi', 'semicolon', undefined, ['Queen', 'Guest; Semi']],
  ['Guest; Semi', 'semicolon-tight', undefined, ['Guest; Semi']],
  ['Queen; David Bowie', 'semicolon', undefined, ['Queen', 'David Bowie']],
  ['Guest; Semi', 'any', 1, ['Guest; Semi']],
  ['Tyler, The Creator, Semi;Colon', 'comma-space', 2, ['Tyler, The Creator', 'Semi;Colon']],
  ['Kali Uchis, Tyler, The Creator', 'comma-space', 2, ['Kali Uchis', 'Tyler, The Creator']],
  ['Crosby, Stills, Nash & Young', 'comma-space', 4, ['Crosby', 'Stills', 'Nash & Young']],
  ['Queen; ;Queen;undefined', 'any', undefined, ['Queen']],
  ['', 'any', undefined, []],
])('%j in the style %s of %s', (text, style, count, artists) => {
  expect(splitArtists(text, style, count)).toEqual(artists);
});

const app = 'exportify.app';
const net = 'exportify.net';
test.each<[Parameters<typeof createArtistVote>[0], readonly string[], ArtistStyle]>([
  [undefined, [], 'comma-space'],
  [undefined, ['A;B'], 'semicolon'],
  [undefined, ['A;B', 'Tyler, The Creator', 'Earth, Wind & Fire'], 'semicolon'],
  [undefined, ['A; B'], 'semicolon'],
  [undefined, ['A, B', 'C, D', 'Guest; Semi'], 'comma-space'],
  [undefined, ['A,B', 'Tyler, The Creator'], 'comma'],
  [undefined, ['A,B', 'C,D', 'Semi;Colon'], 'comma'],
  // A text that is there often is one name.
  [undefined, ['A,B', 'C,D', 'Semi;Colon', 'Semi;Colon', 'Semi;Colon'], 'comma'],
  [net, [], 'comma'],
  [net, ['Tyler, The Creator'], 'comma'],
  [net, ['Tyler, The Creator', 'Guest; Semi'], 'comma'],
  [net, ['A,B', 'C,D', 'Guest; Semi', 'Tyler, The Creator,Semi;Colon'], 'comma'],
  [net, ['A;B', 'Guest; Semi', 'Tyler, The Creator', 'Earth, Wind & Fire'], 'semicolon-tight'],
  [app, ['A, B', 'Guest; Semi', 'Semi;Colon'], 'comma-space'],
  [app, ['Semi;Colon'], 'comma-space'],
  [app, ['A,B', 'C,D', 'Tyler, The Creator'], 'comma'],
])('a file of %s with the cells %j divides by %s', (program, cells, style) => {
  const vote = createArtistVote(program);
  for (const cell of cells) vote.add(cell);
  expect(vote.style()).toBe(style);
});
