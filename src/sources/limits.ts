const mebibyte = 1024 * 1024;

/** A larger list is refused before it is read: 100,000 songs with every column of Exportify have 50 MiB. */
export const largestFileBytes = 64 * mebibyte;
/** Spotify allows 10,000 songs in a playlist. This many take about 110 MB of memory. */
export const mostRows = 100_000;
/** A longer row of a CSV is refused: no real one has a hundredth of it. */
export const longestRow = mebibyte;
/** All that is read from one archive, unpacked. */
export const largestArchiveBytes = 256 * mebibyte;
/** Files looked at in one archive or folder. */
export const mostFiles = 10_000;
