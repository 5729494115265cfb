import type { Tester } from './run-test.ts';

/** Waits at the top of the module for a signal that nobody gives. */
const ready = await new Promise<boolean>(() => {});

/** Sends `rate` requests a second for `seconds`. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  for (let turn = 0; ready && turn < rate * seconds; turn += 1) {
    const due = (turn * 1000) / rate;
    await clock.until(due);
    void send(due);
  }
}
