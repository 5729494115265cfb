import type { LabCheckContext } from '#labs/check-context.ts';
import { measureDays, type DayResult } from './measure.ts';

/** The days of this grade: simulated by the first check that asks. */
export async function daysOf(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<readonly DayResult[]> {
  const known = context.notes.get('days') as readonly DayResult[] | undefined;
  if (known) return known;
  const days = await measureDays(context, signal);
  context.notes.set('days', days);
  return days;
}

/** The day with the largest figure. */
export function worstOf(days: readonly DayResult[], figure: (day: DayResult) => number): DayResult {
  const [first, ...rest] = days;
  if (!first) throw new Error('No day was simulated.');
  return rest.reduce((worst, day) => (figure(day) > figure(worst) ? day : worst), first);
}
