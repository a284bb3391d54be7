/** One tag that is to change, and where its new value comes from. */
export interface FactChange {
  /** TagLib's name of the property: "LABEL", "MUSICBRAINZ_ALBUMID". */
  readonly field: string;
  /** Empty where the file has none. */
  readonly before: readonly string[];
  readonly after: readonly string[];
  /** The service and what it was read from: "musicbrainz:release/ID". */
  readonly source: string;
}
