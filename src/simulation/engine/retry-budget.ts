import type { Retry } from '../scenario.ts';

/** How many retries may still be sent. */
export interface RetryBudget {
  /** A first attempt was made. */
  deposit(now: number): void;
  /** Takes one retry out; false when there is not a whole one. */
  take(now: number): boolean;
}

/** Without a budget every retry is allowed. */
export function createRetryBudget(retry: Retry | null): RetryBudget {
  const budget = retry?.budget ?? null;
  if (!budget) return { deposit: () => {}, take: () => true };
  const { ratio, minPerSecond, burst } = budget;
  let balance = 0;
  let paidUntil = 0;
  const pay = (now: number, more: number): void => {
    const earned = more + (minPerSecond * (now - paidUntil)) / 1000;
    balance = Math.min(burst, balance + earned);
    paidUntil = now;
  };
  return {
    deposit: (now) => pay(now, ratio),
    take(now) {
      pay(now, 0);
      if (balance < 1) return false;
      balance -= 1;
      return true;
    },
  };
}
