/** Hands work from one stage to the next. */
export interface Channel<T> {
  put(item: T): void;
  /** Up to `most` items, once `least` are there or nothing more will come soon; empty at the end. */
  take(least: () => number, most: () => number): Promise<T[]>;
  /** Resolves when fewer than `most` items wait. */
  room(most: number): Promise<void>;
  /** Nothing more comes for now: takers get what is there. May be taken back by a later `put`. */
  flush(): void;
  close(): void;
}

export function createChannel<T>(): Channel<T> {
  const items: T[] = [];
  let closed = false;
  let flushed = false;
  let waiting: (() => void)[] = [];
  const changed = (): void => {
    const wake = waiting;
    waiting = [];
    for (const resume of wake) resume();
  };
  const change = (): Promise<void> => new Promise((resolve) => waiting.push(resolve));
  return {
    put(item) {
      items.push(item);
      changed();
    },
    async take(least, most) {
      while (!closed && items.length < (flushed ? 1 : Math.max(1, least()))) await change();
      const taken = items.splice(0, Math.max(1, most()));
      changed();
      return taken;
    },
    async room(most) {
      while (!closed && items.length >= most) await change();
    },
    flush() {
      flushed = true;
      changed();
    },
    close() {
      closed = true;
      changed();
    },
  };
}
