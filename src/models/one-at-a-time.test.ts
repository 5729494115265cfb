import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('never runs two tasks at once, keeps their order, and goes on after a failure', async () => {
  const inTurn = oneAtATime();
  const log: string[] = [];
  const task =
    (name: string, fails = false) =>
    async () => {
      log.push(`${name} starts`);
      await new Promise((resolve) => setTimeout(resolve, 1));
      log.push(`${name} ends`);
      if (fails) throw new Error(name);
      return name;
    };
  const results = await Promise.allSettled([
    inTurn(task('a')),
    inTurn(task('b', true)),
    inTurn(task('c')),
  ]);
  expect(log).toEqual(['a starts', 'a ends', 'b starts', 'b ends', 'c starts', 'c ends']);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});
