/** What can be added to songs of the library. */
export const enrichKinds = ['facts', 'cover', 'lyrics', 'loudness'] as const;
export type EnrichKind = (typeof enrichKinds)[number];
