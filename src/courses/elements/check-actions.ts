import { make } from '#ui/make.ts';

/** The row under a question: a button, a line that screen readers announce, and what stands before. */
export function createActions<Row extends 'div' | 'form'>(
  tag: Row,
  label: string,
  ...before: Node[]
): { row: HTMLElementTagNameMap[Row]; button: HTMLButtonElement; status: HTMLElement } {
  const button = make('button', { type: tag === 'form' ? 'submit' : 'button' }, label);
  const status = make('p', { className: 'check-status', role: 'status' });
  const row = make(tag, {}, ...before, button, status);
  row.className = 'check-actions';
  return { row, button, status };
}

/** Copies the author's explanation of an option from the answer block to under the option. */
export function showWhy(check: HTMLElement, option: HTMLElement, heading: string): void {
  const why = check.querySelector(`[data-why="${option.dataset['option']}"]`);
  if (!why) return;
  addWhy(option, heading, why.cloneNode(true).childNodes);
}

/** Puts an explanation under an option. */
export function addWhy(option: HTMLElement, heading: string, words: Iterable<Node>): void {
  option.append(make('p', { className: 'check-why' }, make('b', {}, `${heading} `), ...words));
}

/** Takes the marks and explanations of an answer away again. */
export function clearAnswer(check: HTMLElement): void {
  for (const line of check.querySelectorAll('.check-why')) line.remove();
  for (const option of listOptions(check)) delete option.dataset['verdict'];
}

/** The options in the order in which they stand now. */
export function listOptions(check: HTMLElement): HTMLElement[] {
  return [...check.querySelectorAll<HTMLElement>('[data-options] > li')];
}
