import type { Tester } from './run-test.ts';

/** Sends `rate` requests a second for `seconds`. */
export async function arrive({ rate, seconds, clock, send }: Tester): Promise<void> {
  const users = Array.from({ length: 100 }, (_, user) => act(user));
  await Promise.all(users);

  async function act(user: number): Promise<void> {
    const gap = 100_000 / rate;
    let due = (user * 1000) / rate;
    while (due < seconds * 1000) {
      await clock.until(due);
      await send(due);
      due = Math.max(due + gap, clock.now());
    }
  }
}
