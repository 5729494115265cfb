/** serving.yaml. */
export interface Serving {
  readonly batching: 'continuous' | 'static';
  readonly maxBatch: number;
  readonly maxWaitMs: number;
  readonly queueLimit: number;
}

/** Who may go to the model, and when. The model itself decodes everybody whom it was given together. */
export interface Admission {
  /** Resolves when the request's turn has come; null when the queue is full. Each turn must be given back. */
  enter(): Promise<void> | null;
  leave(): void;
  readonly waiting: number;
  readonly running: number;
}

/** First come, first served. */
export function createAdmission({ batching, maxBatch, maxWaitMs, queueLimit }: Serving): Admission {
  const queue: (() => void)[] = [];
  let running = 0;
  let isHolding = false;

  const admit = (): void => {
    if (isHolding || (batching === 'static' && running > 0)) return;
    while (running < maxBatch && queue.length > 0) {
      running += 1;
      queue.shift()?.();
    }
  };

  return {
    enter() {
      if (queue.length >= queueLimit) return null;
      const turn = new Promise<void>((resolve) => queue.push(resolve));
      // Only an idle server waits for more; a busy one has a batch to fill.
      if (running === 0 && !isHolding && maxWaitMs > 0) {
        isHolding = true;
        setTimeout(() => {
          isHolding = false;
          admit();
        }, maxWaitMs);
      }
      admit();
      return turn;
    },
    leave() {
      running -= 1;
      admit();
    },
    get waiting() {
      return queue.length;
    },
    get running() {
      return running;
    },
  };
}
