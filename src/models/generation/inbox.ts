/** Hands items from whoever makes them to the one who reads them, in order. */
export interface Inbox<T> {
  put(item: T): void;
  /** The reader gets what was put before, then this error. */
  fail(reason: unknown): void;
  /** The next item, as soon as there is one; one reader at a time. */
  take(): Promise<T>;
}

/** An empty inbox. */
export function createInbox<T>(): Inbox<T> {
  const items: T[] = [];
  let failure: { reason: unknown } | undefined;
  let reader: { resolve: (item: T) => void; reject: (reason: unknown) => void } | undefined;
  return {
    put(item) {
      if (!reader) return void items.push(item);
      reader.resolve(item);
      reader = undefined;
    },
    fail(reason) {
      failure ??= { reason };
      reader?.reject(reason);
      reader = undefined;
    },
    take() {
      const item = items.shift();
      if (item !== undefined) return Promise.resolve(item);
      // eslint-disable-next-line prefer-promise-reject-errors -- the reason of an AbortSignal may be anything.
      if (failure) return Promise.reject(failure.reason);
      return new Promise((resolve, reject) => (reader = { resolve, reject }));
    },
  };
}
