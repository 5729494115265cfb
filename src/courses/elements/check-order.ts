import { clearAnswer, createActions, listOptions, showWhy } from './check-actions.ts';
import type { OnAnswer } from './knowledge-check.ts';
import { make } from '#ui/make.ts';

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
    const other = step < 0 ? option.previousElementSibling : option.nextElementSibling;
    if (!other) return;
    if (step < 0) other.before(option);
    else other.after(option);
    moved = true;
    refresh();
    const [up, down] = option.querySelectorAll('button');
    const pressed = step < 0 ? up : down;
    (pressed?.disabled ? (step < 0 ? down : up) : pressed)?.focus();
    const options = listOptions(check);
    status.textContent = `Now ${options.indexOf(option) + 1} of ${options.length}.`;
  }

  function refresh(): void {
    listOptions(check).forEach((option, index, all) => {
      const [up, down] = option.querySelectorAll('button');
      if (up) up.disabled = answered || index === 0;
      if (down) down.disabled = answered || index === all.length - 1;
    });
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

function addMovers(option: HTMLElement, move: (option: HTMLElement, step: -1 | 1) => void): void {
  const text = option.textContent.trim();
  const movers = [
    [-1, 'up', '↑'],
    [1, 'down', '↓'],
  ] as const;
  const buttons = movers.map(([step, name, sign]) => {
    const button = make('button', { type: 'button', ariaLabel: `Move ${name}: ${text}` }, sign);
    button.addEventListener('click', () => move(option, step));
    return button;
  });
  option.prepend(make('span', { className: 'check-movers' }, ...buttons));
}
