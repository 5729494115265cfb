import type { Tester } from './run-test.ts';

/** Sends `rate` requests a second for `seconds`. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  const gap = 1000 / rate;
  while (clock.now() < seconds * 1000) {
    void send(clock.now());
    await clock.until(clock.now() + gap);
  }
}
