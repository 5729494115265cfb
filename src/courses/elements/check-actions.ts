/** The row under the options: one button and a line that screen readers announce. */
export function createActions(label: string): {
  row: HTMLElement;
  button: HTMLButtonElement;
  status: HTMLElement;
} {
  const row = Object.assign(document.createElement('div'), { className: 'check-actions' });
  const button = Object.assign(document.createElement('button'), {
    type: 'button',
    textContent: label,
  });
  const status = Object.assign(document.createElement('p'), { className: 'check-status' });
  status.setAttribute('role', 'status');
  row.append(button, status);
  return { row, button, status };
}

/** Moves the author's explanation of an option from the answer block to under the option. */
export function showWhy(check: HTMLElement, option: HTMLElement, heading: string): void {
  const why = check.querySelector(`[data-why="${option.dataset['option']}"]`);
  if (!why) return;
  const line = Object.assign(document.createElement('p'), { className: 'check-why' });
  const strong = Object.assign(document.createElement('b'), { textContent: `${heading} ` });
  line.append(strong, ...why.cloneNode(true).childNodes);
  option.append(line);
}

/** The options in the order in which they stand now. */
export function listOptions(check: HTMLElement): HTMLElement[] {
  return [...check.querySelectorAll<HTMLElement>('[data-options] > li')];
}
