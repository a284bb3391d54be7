/**
 * Does something with each of a list, with at most so many under way at the same time. Returns the results in the order of
 * the list. p-queue begins more after a failure, and when it's cleared it throws that instead of the failure.
 * @throws the first failure; what is under way then goes on, and nothing new begins
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const left = items.entries();
  let hasFailed = false;
  async function loop(): Promise<void> {
    for (const [at, item] of left) {
      if (hasFailed) return;
      try {
        results[at] = await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, loop));
  return results;
}
