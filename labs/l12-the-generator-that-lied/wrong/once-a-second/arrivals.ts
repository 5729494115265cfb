import type { Tester } from './run-test.ts';

/** Sends `rate` requests a second for `seconds`. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  for (let second = 0; second < seconds; second += 1) {
    await clock.until(second * 1000);
    for (let n = 0; n < rate; n += 1) void send(second * 1000);
  }
}
