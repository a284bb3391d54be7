import { expect, test } from 'vitest';
import { songOfUpload } from '../../src/tracks/upload-title.ts';

test.each<[title: string, channel: string, artists: readonly string[], track: string]>([
  ['Queen - Bohemian Rhapsody (Official Video)', 'Queen Official', ['Queen'], 'Bohemian Rhapsody'],
  ['Alan Walker – Faded [Official Music Video] [4K]', 'Alan Walker', ['Alan Walker'], 'Faded'],
  [
    'Faouzia & John Legend - Minefields (Official Music Video)',
    'Faouzia',
    ['Faouzia & John Legend'],
    'Minefields',
  ],
  [
    'Martin Garrix feat. Clinton Kane - Drown (Official Video)',
    'Martin Garrix',
    ['Martin Garrix', 'Clinton Kane'],
    'Drown',
  ],
  ['Shakira - Chantaje (Official Video) ft. Maluma', 'shakiraVEVO', ['Shakira'], 'Chantaje ft. Maluma'],
  ['Si Te Agarran Las Ganas', 'Leo Mattioli - Topic', ['Leo Mattioli'], 'Si Te Agarran Las Ganas'],
  ['Starman - 2012 Remaster', 'David Bowie - Topic', ['David Bowie'], 'Starman - 2012 Remaster'],
  ['Starman - 2012 Remaster', 'David Bowie', ['David Bowie'], 'Starman - 2012 Remaster'],
  ['Oasis - Live Forever', 'a fan', ['Oasis'], 'Live Forever'],
  ['Love Story', 'TaylorSwiftVEVO', ['Taylor Swift'], 'Love Story'],
  ['Metallica: Enter Sandman (Official Music Video)', 'Metallica', ['Metallica'], 'Enter Sandman'],
  [
    'A Light That Never Comes [Official Music Video] - Linkin Park X Steve Aoki',
    'Linkin Park',
    ['Linkin Park X Steve Aoki'],
    'A Light That Never Comes',
  ],
  [
    'Hollywood Undead "Comin\' in Hot" Official Music Video',
    'Dash Radio',
    ['Hollywood Undead'],
    "Comin' in Hot",
  ],
  ['Tyler, The Creator - EARFQUAKE', 'Tyler, The Creator', ['Tyler, The Creator'], 'EARFQUAKE'],
  ['Jay-Z - 99 Problems', 'JAY-Z', ['Jay-Z'], '99 Problems'],
  [
    'AC/DC - Thunderstruck (Live At River Plate) | Official HD Video',
    'AC/DC',
    ['AC/DC'],
    'Thunderstruck (Live At River Plate)',
  ],
  [
    'Carlos Vives - Colombia, Mi Encanto (Vídeo Oficial)',
    'DisneyMusicVEVO',
    ['Carlos Vives'],
    'Colombia, Mi Encanto',
  ],
  ['Lomepal - Evidemment (Clip Officiel)', 'Lomepal', ['Lomepal'], 'Evidemment'],
  ['(Official Video)', 'Somebody', ['Somebody'], '(Official Video)'],
  ['Untitled', '', [], 'Untitled'],
])('%s of %s', (title, channel, artists, track) => {
  expect(songOfUpload(title, channel)).toEqual({ artists, track });
});
