import type { Tester } from './run-test.ts';

/** Sends `rate` requests a second for `seconds`. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  for (let n = 0; n < rate * seconds; n += 1) {
    const due = (n * 1000) / rate;
    await clock.until(due);
    void send(due);
  }
}
