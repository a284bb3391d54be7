const mebibyte = 1024 * 1024;

/** Spotify allows 10,000 songs in a playlist. So many take about 60 MB of memory. */
export const mostRows = 50_000;
/** All the text of a list that is kept in memory, in characters. */
export const mostText = 64 * mebibyte;
/** A longer row of a CSV is refused: no real one has a hundredth of it. */
export const longestRow = mebibyte;
/** A CSV file, and all that is unpacked from one archive. */
export const largestFileBytes = 256 * mebibyte;
/** A JSON file, which is read whole. The library of 100,000 songs has about 25 MB. */
export const largestJsonBytes = 64 * mebibyte;
/** Files looked at in one archive or folder. */
export const mostFiles = 10_000;
