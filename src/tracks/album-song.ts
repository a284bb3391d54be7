/** One song of an album, as a service lists it. */
export interface AlbumSong {
  /** The id of its video or upload. */
  readonly id: string | undefined;
  readonly title: string;
  /** Where it stands in the album, from 1. */
  readonly number: number;
}
