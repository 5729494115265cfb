import type { Workbench } from './state/workbench.svelte.ts';

export interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

/** What the help dialog lists. */
export const SHORTCUTS: readonly Shortcut[] = [
  { keys: 'Ctrl+Enter', does: 'Deploy the files as they are in the editor' },
  { keys: 'Ctrl+Shift+Enter', does: 'Run the checks' },
  { keys: 'F6', does: 'Go to the next pane; Shift+F6 to the one before' },
  { keys: 'Ctrl+`', does: 'Go to the terminal' },
  { keys: 'Escape', does: 'Leave the editor or the terminal for its tabs; close a dialog' },
  { keys: 'Ctrl+M', does: 'In the editor: let Tab move the focus instead of indenting' },
  { keys: 'F1', does: 'In the editor: every editor command' },
  { keys: 'Ctrl+C', does: 'In the terminal: stop the running command' },
  { keys: 'Tab', does: 'In the terminal: complete a command, file or resource' },
  { keys: 'Arrow keys', does: 'On a divider: resize the panes; on tabs: choose one' },
  { keys: 'Shift+F1', does: 'This help' },
];

/** Runs a shortcut of the whole workspace, if the key is one. */
export function handleShortcut(event: KeyboardEvent, bench: Workbench, layer: HTMLElement): void {
  if (bench.dialog !== null) return;
  const action = findAction(event, bench, layer);
  if (!action) return;
  event.preventDefault();
  event.stopPropagation();
  action();
}

function findAction(
  event: KeyboardEvent,
  bench: Workbench,
  layer: HTMLElement,
): (() => unknown) | null {
  const withControl = event.ctrlKey || event.metaKey;
  if (withControl && event.key === 'Enter') {
    return event.shiftKey ? () => bench.check() : () => bench.deploy();
  }
  if (withControl && event.code === 'Backquote') return () => focusTerminal(bench, layer);
  if (event.key === 'F6') return () => movePane(layer, event.shiftKey ? -1 : 1);
  if (event.key === 'F1' && event.shiftKey) return () => (bench.dialog = 'help');
  return null;
}

function focusTerminal(bench: Workbench, layer: HTMLElement): void {
  bench.show('terminal');
  requestAnimationFrame(() => {
    layer.querySelector<HTMLElement>('.xterm-helper-textarea')?.focus();
  });
}

/** Moves focus to the first thing that takes it in the next or previous pane on the screen. */
function movePane(layer: HTMLElement, step: 1 | -1): void {
  const panes = [...layer.querySelectorAll<HTMLElement>('[data-pane-stop]')].filter((pane) =>
    pane.checkVisibility(),
  );
  const now = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(now + step + panes.length) % panes.length];
  const inside = next?.querySelector<HTMLElement>(
    '[role="tab"][aria-selected="true"], button:not([disabled]), a[href], input, select, [tabindex="0"]',
  );
  (inside ?? next)?.focus();
}
