import type { Tester } from './run-test.ts';

/** Waits for its turn by asking the clock, which only `until` can move. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  for (let turn = 0; turn < rate * seconds; turn += 1) {
    const due = (turn * 1000) / rate;
    while (clock.now() < due) continue;
    void send(due);
  }
}
