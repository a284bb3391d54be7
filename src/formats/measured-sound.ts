/** How much sound is in a file. */
export interface SoundLength {
  /** As the header says; undefined where it says nothing. */
  readonly promisedMs: number | undefined;
  /** What is there. */
  readonly presentMs: number;
  /** False where the format marks its end and there is none. A recording of a stream may never have had one. */
  readonly hasEnd?: boolean;
}
