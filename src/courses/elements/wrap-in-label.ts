import { make } from '#ui/make.ts';

/** Puts a radio button or a checkbox before an option, with the option as its label. */
export function wrapInLabel(option: HTMLElement, kind: 'single' | 'multiple', name: string) {
  const input = make('input', { type: kind === 'single' ? 'radio' : 'checkbox', name });
  const label = make('label', {}, input, ...option.childNodes);
  option.append(label);
  return input;
}
