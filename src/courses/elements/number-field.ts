import { parseNumber } from './parse-number.ts';

/** A labelled number input with a unit and a button; `onNumber` gets each number submitted. */
export function createNumberField(
  labels: { field: string; button: string; unit: string },
  onNumber: (value: number) => void,
): { form: HTMLFormElement; status: HTMLElement } {
  const form = document.createElement('form');
  form.className = 'check-actions';
  form.noValidate = true;
  const input = Object.assign(document.createElement('input'), {
    type: 'text',
    inputMode: 'decimal',
    autocomplete: 'off',
    size: 8,
  });
  const label = document.createElement('label');
  label.append(labels.field, ' ', input, labels.unit ? ` ${labels.unit}` : '');
  const button = Object.assign(document.createElement('button'), { textContent: labels.button });
  const status = Object.assign(document.createElement('p'), { className: 'check-status' });
  status.setAttribute('role', 'status');
  form.append(label, button, status);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const value = parseNumber(input.value);
    input.setAttribute('aria-invalid', String(value === null));
    if (value !== null) return onNumber(value);
    status.textContent = `Write a number, for example 12 or 0.5.`;
    input.focus();
  });
  return { form, status };
}
