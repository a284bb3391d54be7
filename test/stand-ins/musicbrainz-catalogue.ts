/** What the stand-in for MusicBrainz knows. Ids are UUIDs; `uuid(7)` is one to recognise. */

export const uuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

export interface MbArtist {
  readonly id: string;
  readonly name: string;
  /** After this one, in a credit. */
  readonly joinphrase?: string;
  readonly genres?: readonly { readonly name: string; readonly count: number }[];
}

export interface MbRecording {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly MbArtist[];
  /** ms */
  readonly length?: number;
  readonly isrcs?: readonly string[];
  readonly disambiguation?: string;
  readonly video?: boolean;
  readonly relations?: readonly unknown[];
  readonly genres?: readonly { readonly name: string; readonly count: number }[];
}

export interface MbRelease {
  readonly id: string;
  readonly title: string;
  readonly artists: readonly MbArtist[];
  readonly date?: string;
  readonly country?: string;
  readonly status?: string;
  readonly barcode?: string;
  readonly labels?: readonly { readonly name: string; readonly number?: string }[];
  readonly group: {
    readonly id: string;
    readonly primary?: string | null;
    readonly secondary?: readonly string[];
    readonly first?: string;
    readonly genres?: readonly { readonly name: string; readonly count: number }[];
  };
  /** Recording ids of each medium. */
  readonly media: readonly { readonly format?: string; readonly tracks: readonly string[] }[];
}

export interface MbCatalogue {
  readonly recordings: readonly MbRecording[];
  readonly releases: readonly MbRelease[];
  /** Ids that were merged into others. */
  readonly merged?: Readonly<Record<string, string>>;
}

export const creditOf = (artists: readonly MbArtist[]): unknown[] =>
  artists.map(({ id, name, joinphrase = '', genres }) => ({
    name,
    joinphrase,
    artist: { id, name, 'sort-name': name, ...(genres === undefined ? {} : { genres }) },
  }));

/** The id of a track on a release. */
export const trackId = (release: MbRelease, medium: number, at: number): string =>
  `${release.id.slice(0, 24)}${String(medium).padStart(2, '0')}${String(at).padStart(2, '0')}${release.id.slice(-8)}`;
