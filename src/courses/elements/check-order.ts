import { clearAnswer, createActions, listOptions, showWhy } from './check-actions.ts';
import type { OnAnswer } from './knowledge-check.ts';
import { addMovers, moveOption, refreshMovers } from './option-movers.ts';

/** Gives every option two buttons that move it, so that the order can be set by keyboard alone. */
export function enhanceOrder(check: HTMLElement, onAnswer: OnAnswer): void {
  const { row, button, status } = createActions('div', 'Check order');
  check.append(row);
  let answered = false;
  let moved = false;
  for (const option of listOptions(check)) addMovers(option, move);
  refresh();
  button.addEventListener('click', () => {
    if (answered) reset();
    else if (moved) answer();
    else status.textContent = 'Move at least one first.';
  });

  function move(option: HTMLElement, step: -1 | 1): void {
    const place = moveOption(check, option, step);
    if (place === null) return;
    moved = true;
    status.textContent = place;
  }

  function refresh(): void {
    refreshMovers(check, answered);
  }

  function answer(): void {
    answered = true;
    const options = listOptions(check);
    const order = options.map((option) => Number(option.dataset['option']));
    options.forEach((option, index) => {
      const right = order[index] === index;
      option.dataset['verdict'] = right ? 'right' : 'wrong';
      showWhy(check, option, right ? 'In place.' : `Belongs at ${(order[index] ?? 0) + 1}.`);
    });
    const correct = order.every((step, index) => step === index);
    button.textContent = correct ? 'Start over' : 'Try again';
    status.textContent = correct ? 'Right, in this order.' : 'Not quite: see each step.';
    refresh();
    onAnswer(order, correct);
  }

  function reset(): void {
    answered = moved = false;
    clearAnswer(check);
    button.textContent = 'Check order';
    status.textContent = '';
    refresh();
  }
}
