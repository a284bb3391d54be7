import PQueue from 'p-queue';

/**
 * Does something with each of a list, with at most so many under way at the same time. Returns the results in the order of
 * the list.
 * @throws the first failure; what is under way then goes on, and nothing new begins
 */
export async function atOnce<Item, Result>(
  items: readonly Item[],
  most: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const queue = new PQueue({ concurrency: most });
  return queue.addAll(
    items.map((item) => async () => {
      try {
        return await work(item);
      } catch (error) {
        queue.clear();
        throw error;
      }
    }),
  );
}
