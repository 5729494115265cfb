import { make } from '#ui/make.ts';
import type { Answer } from '#answers/answer.ts';
import { listOptions } from '../check-actions.ts';
import { addMovers, moveOption, refreshMovers } from '../option-movers.ts';
import { parseNumber } from '../parse-number.ts';
import { wrapInLabel } from '../wrap-in-label.ts';

export type CountedKind = 'single' | 'multiple' | 'numeric' | 'order';

/** Where the reader answers. */
export interface CountedInput {
  /** What stands before the button. */
  readonly fields: readonly Node[];
  /** The answer, or in words what is missing. */
  read(): Answer | string;
  /** Shows an earlier answer; false where it does not fit the check. */
  restore(answer: Answer): boolean;
  lock(isLocked: boolean): void;
}

/** Makes the options, or a field, answerable; `say` tells the reader what a move did. */
export function openInput(
  check: HTMLElement,
  kind: CountedKind,
  say: (text: string) => void,
): CountedInput {
  if (kind === 'numeric') return openNumber(check.dataset['unit'] ?? '');
  return kind === 'order' ? openOrder(check, say) : openChoice(check, kind);
}

function openChoice(check: HTMLElement, kind: 'single' | 'multiple'): CountedInput {
  const inputs = listOptions(check).map((option) => wrapInLabel(option, kind, check.id));
  return {
    fields: [],
    read: () => {
      const chosen = inputs.flatMap((input, place) => (input.checked ? [place] : []));
      if (chosen.length > 0) return chosen;
      return kind === 'single' ? 'Choose one first.' : 'Choose at least one first.';
    },
    restore: (answer) => {
      if (typeof answer === 'number' || answer.some((place) => !inputs[place])) return false;
      inputs.forEach((input, place) => (input.checked = answer.includes(place)));
      return true;
    },
    lock: (isLocked) => {
      for (const input of inputs) input.disabled = isLocked;
    },
  };
}

function openOrder(check: HTMLElement, say: (text: string) => void): CountedInput {
  let moved = false;
  for (const option of listOptions(check)) {
    addMovers(option, (pressed, step) => {
      const place = moveOption(check, pressed, step);
      if (place === null) return;
      moved = true;
      say(place);
    });
  }
  refreshMovers(check, false);
  const places = () => listOptions(check).map((option) => Number(option.dataset['option']));
  return {
    fields: [],
    read: () => (moved ? places() : 'Move at least one first.'),
    restore: (answer) => {
      const options = listOptions(check);
      if (typeof answer === 'number' || answer.length !== options.length) return false;
      const sorted = answer.map((place) =>
        options.find((option) => option.dataset['option'] === String(place)),
      );
      if (sorted.includes(undefined)) return false;
      options[0]?.parentElement?.append(...sorted.filter((option) => option !== undefined));
      refreshMovers(check, false);
      moved = true;
      return true;
    },
    lock: (isLocked) => refreshMovers(check, isLocked),
  };
}

function openNumber(unit: string): CountedInput {
  const input = make('input', { inputMode: 'decimal', autocomplete: 'off', size: 8 });
  return {
    fields: [make('label', {}, 'Your answer ', input, ` ${unit}`)],
    read: () => {
      const value = parseNumber(input.value);
      input.setAttribute('aria-invalid', String(value === null));
      if (value === null) input.focus();
      return value ?? 'Write a number, for example 12 or 0.5.';
    },
    restore: (answer) => {
      if (typeof answer !== 'number') return false;
      input.value = String(answer);
      return true;
    },
    lock: (isLocked) => {
      input.disabled = isLocked;
    },
  };
}
