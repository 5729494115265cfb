import { inputEmpty, inputInvalid } from './errors.ts';

/** The text, if it is a string with something in it; learner code is not type-checked at run time. */
export function checkText(text: unknown, what = 'text'): string {
  if (typeof text !== 'string') throw inputInvalid(text === null ? 'null' : typeof text, what);
  if (text.trim() === '') throw inputEmpty(what);
  return text;
}
