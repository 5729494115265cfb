import { createActions } from './check-actions.ts';
import { make } from '#ui/make.ts';
import { parseNumber } from './parse-number.ts';

/** A labelled number input with a unit and a button; `onNumber` gets each number submitted. */
export function createNumberField(
  labels: { field: string; button: string; unit: string },
  onNumber: (value: number) => void,
): { form: HTMLFormElement; status: HTMLElement } {
  const input = make('input', { inputMode: 'decimal', autocomplete: 'off', size: 8 });
  const label = make('label', {}, `${labels.field} `, input, ` ${labels.unit}`);
  const { row: form, status } = createActions('form', labels.button, label);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = parseNumber(input.value);
    input.setAttribute('aria-invalid', String(value === null));
    if (value !== null) return onNumber(value);
    status.textContent = 'Write a number, for example 12 or 0.5.';
    input.focus();
  });
  return { form, status };
}
