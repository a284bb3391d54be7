import type { VersionKind } from '../tracks/version-table.ts';

/** What it costs when only the upload has the word, and when only the track has it. */
export const costs: Readonly<Record<VersionKind, readonly [extra: number, missing: number]>> = {
  live: [8, 4],
  acoustic: [7, 4],
  remix: [7, 6],
  remaster: [0.3, 0.2],
  edit: [1.5, 1],
  radio: [1.5, 1.2],
  single: [0.8, 0.4],
  extended: [5.5, 4],
  instrumental: [6, 5],
  karaoke: [9, 6],
  cover: [9, 4],
  'sped up': [9, 7],
  slowed: [9, 7],
  nightcore: [9, 7],
  '8d': [9, 6],
  effects: [7, 5],
  'a cappella': [7, 6],
  stems: [8, 5],
  demo: [6.5, 4.5],
  alternate: [5, 3],
  rerecorded: [7, 6],
  mono: [0.8, 0.6],
  stereo: [0.1, 0.1],
  original: [0, 0],
  clean: [5, 4],
  language: [7, 6],
  arrangement: [7, 4.5],
  loop: [9, 5],
  reaction: [9, 6],
  tutorial: [9, 6],
  teaser: [8, 5],
  collection: [7, 4],
  dance: [7, 4],
  parody: [9, 5],
  talk: [7, 5],
  part: [6.5, 4],
  variant: [2.5, 1.5],
};
export const agreePoints = 1;
/** The same word, but another remixer, year, place, number. */
export const otherDetail: Partial<Record<VersionKind, number>> = {
  remix: 5,
  edit: 2,
  extended: 1.5,
  remaster: 0.6,
  live: 1.5,
  part: 7,
  language: 5,
  variant: 2,
  arrangement: 2,
};
/** What an album or an artist's name gives away about the songs of it. */
export const albumKinds: ReadonlySet<VersionKind> = new Set([
  'live',
  'karaoke',
  'cover',
  'instrumental',
  'nightcore',
  '8d',
  'sped up',
  'slowed',
  'acoustic',
  'tutorial',
  'arrangement',
  'demo',
]);
export const albumShare = 0.8;
/** What the name of an uploader gives away about the uploads. */
export const channelKinds: ReadonlySet<VersionKind> = new Set([
  'karaoke',
  'cover',
  'instrumental',
  'nightcore',
  '8d',
  'sped up',
  'slowed',
  'tutorial',
  'reaction',
  'loop',
]);

/** "Radio Edit" and "Single Version" are often one and the same. */
export const closeTo: Partial<Record<VersionKind, readonly VersionKind[]>> = {
  radio: ['single', 'edit'],
  single: ['radio', 'edit'],
  edit: ['radio', 'single'],
  karaoke: ['instrumental', 'cover'],
  cover: ['karaoke'],
  slowed: ['effects'],
  acoustic: ['live'],
};

/** What costs this much says another recording outright. */
export const doubtCost = 2;
