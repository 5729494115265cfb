import { clearAnswer, createActions, listOptions, showWhy } from './check-actions.ts';
import type { OnAnswer } from './knowledge-check.ts';
import { wrapInLabel } from './wrap-in-label.ts';

/** Turns the options into radio buttons or checkboxes. */
export function enhanceChoices(
  check: HTMLElement,
  kind: 'single' | 'multiple',
  onAnswer: OnAnswer,
): void {
  const options = listOptions(check);
  const inputs = options.map((option) => wrapInLabel(option, kind, check.id));
  const { row, button, status } = createActions('div', 'Check answer');
  check.append(row);
  let answered = false;
  button.addEventListener('click', () => {
    if (answered) reset();
    else answer();
  });

  function answer(): void {
    const chosen = inputs.flatMap((input, index) => (input.checked ? [index] : []));
    if (chosen.length === 0) {
      status.textContent = kind === 'single' ? 'Choose one first.' : 'Choose at least one first.';
      return;
    }
    const right = options.filter((option, index) => explain(check, option, inputs[index]?.checked));
    const correct = right.length === options.length;
    answered = true;
    for (const input of inputs) input.disabled = true;
    button.textContent = 'Try again';
    status.textContent = correct
      ? 'Right. Each option is explained above.'
      : 'Not quite. Each option is explained above.';
    onAnswer(chosen, correct);
  }

  function reset(): void {
    answered = false;
    clearAnswer(check);
    for (const input of inputs) Object.assign(input, { disabled: false, checked: false });
    button.textContent = 'Check answer';
    status.textContent = '';
    inputs[0]?.focus();
  }
}

/** Marks one option and says whether the reader judged it rightly. */
function explain(check: HTMLElement, option: HTMLElement, chosen = false): boolean {
  const why = check.querySelector<HTMLElement>(`[data-why="${option.dataset['option']}"]`);
  const correct = why?.dataset['correct'] === 'true';
  option.dataset['verdict'] = correct ? 'right' : chosen ? 'wrong' : 'other';
  showWhy(check, option, correct ? 'Right.' : 'Wrong.');
  return correct === chosen;
}
