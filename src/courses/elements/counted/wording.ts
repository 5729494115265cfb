import type { GradedTry } from '#answers/answer.ts';

/** Whether it was right, and at which try. */
export function tellGrade({ correct, tries }: GradedTry): string[] {
  if (correct) return [tries === null ? 'Right. ' : `Right, at try ${tries}. It is recorded. `];
  return [tries === null ? 'Not right. ' : `Not right. That was try ${tries}. `];
}

/** When the next try may come. */
export function showPause(seconds: number): string {
  if (seconds < 120) return `The next try is in ${seconds} seconds.`;
  return `The next try is in ${Math.ceil(seconds / 60)} minutes.`;
}
