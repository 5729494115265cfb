import { createNumberField } from './number-field.ts';
import type { OnAnswer } from './knowledge-check.ts';

/** Adds a number field; a known wrong value gets its own explanation. */
export function enhanceNumeric(check: HTMLElement, onAnswer: OnAnswer): void {
  const details = check.querySelector('details');
  if (!details) return;
  const unit = check.dataset['unit'] ?? '';
  const answer = Number(check.dataset['answer']);
  // The last digit of a decimal such as 0.1 + 0.2 must not turn a right answer into a wrong one.
  const tolerance = Number(check.dataset['tolerance']) + Math.abs(answer) * 1e-9;
  const { form, status } = createNumberField(
    { field: 'Your answer', button: 'Check answer', unit },
    (value) => {
      const correct = Math.abs(value - answer) <= tolerance;
      const mistake = correct ? undefined : findMistake(check, value, tolerance);
      status.replaceChildren(correct ? 'Right. ' : 'Not that. ', ...(mistake?.childNodes ?? []));
      check.dataset['verdict'] = correct ? 'right' : 'wrong';
      details.open = correct;
      onAnswer(value, correct);
    },
  );
  details.before(form);
}

function findMistake(check: HTMLElement, value: number, tolerance: number): Node | undefined {
  return [...check.querySelectorAll<HTMLElement>('[data-why]')]
    .find((why) => Math.abs(Number(why.dataset['why']) - value) <= tolerance)
    ?.cloneNode(true);
}
