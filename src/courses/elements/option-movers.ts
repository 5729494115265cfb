import { make } from '#ui/make.ts';
import { listOptions } from './check-actions.ts';

/** Gives an option the two buttons that move it. */
export function addMovers(
  option: HTMLElement,
  move: (option: HTMLElement, step: -1 | 1) => void,
): void {
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

/** Moves an option and keeps the focus on what was pressed; says where it is now, null where it cannot go on. */
export function moveOption(check: HTMLElement, option: HTMLElement, step: -1 | 1): string | null {
  const other = step < 0 ? option.previousElementSibling : option.nextElementSibling;
  if (!other) return null;
  if (step < 0) other.before(option);
  else other.after(option);
  refreshMovers(check, false);
  const [up, down] = option.querySelectorAll('button');
  const pressed = step < 0 ? up : down;
  (pressed?.disabled ? (step < 0 ? down : up) : pressed)?.focus();
  const options = listOptions(check);
  return `Now ${options.indexOf(option) + 1} of ${options.length}.`;
}

/** Switches off what cannot be pressed. */
export function refreshMovers(check: HTMLElement, isLocked: boolean): void {
  listOptions(check).forEach((option, index, all) => {
    const [up, down] = option.querySelectorAll('button');
    if (up) up.disabled = isLocked || index === 0;
    if (down) down.disabled = isLocked || index === all.length - 1;
  });
}
