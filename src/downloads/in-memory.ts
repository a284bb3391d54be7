/** Files up to this size (bytes) are read whole, which costs a third of what pieces cost. Longer recordings are rare. */
export const mostInMemory = 64 * 2 ** 20;
