/** Collects items and hands them on together, at most once every `intervalMs`. */
export function createBatch<T>(
  intervalMs: number,
  deliver: (items: readonly T[]) => void,
): { add(item: T): void; stop(): void } {
  let items: T[] = [];
  let timer: ReturnType<typeof setTimeout> | null = null;
  const flush = (): void => {
    timer = null;
    const batch = items;
    items = [];
    deliver(batch);
  };
  return {
    add: (item) => {
      items.push(item);
      timer ??= setTimeout(flush, intervalMs);
    },
    stop: () => {
      if (timer !== null) clearTimeout(timer);
      items = [];
    },
  };
}
