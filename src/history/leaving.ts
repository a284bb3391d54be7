/** What becomes of a song that isn't in its list anymore: it only leaves the playlist file, or its file goes to the trash. */
export const leaving = ['keep', 'trash'] as const;
export type Leaving = (typeof leaving)[number];
