import type { Tester } from './run-test.ts';

/** Sends `rate` requests a second for `seconds`: Poisson arrivals, whatever becomes of the answers. */
export async function arrive({ rate, seconds, clock, random, send }: Tester): Promise<void> {
  let due = 0;
  for (;;) {
    due += (-Math.log1p(-random()) * 1000) / rate;
    if (due >= seconds * 1000) return;
    await clock.until(due);
    void send(due);
  }
}
