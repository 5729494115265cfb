import type { Terminal } from '@xterm/xterm';
import type { ReadColour } from '../follow-colours.ts';

/** The terminal's colours from those of the workspace. */
export function themeOf(colour: ReadColour): NonNullable<Terminal['options']['theme']> {
  return {
    background: colour('--lab-surface'),
    foreground: colour('--lab-ink'),
    cursor: colour('--lab-accent'),
    cursorAccent: colour('--lab-surface'),
    selectionBackground: `${colour('--lab-accent')}55`,
    black: colour('--lab-ink'),
    red: colour('--lab-bad'),
    green: colour('--lab-good'),
    yellow: colour('--lab-warn'),
    blue: colour('--lab-code-keyword'),
    magenta: colour('--lab-code-number'),
    cyan: colour('--lab-accent'),
    white: colour('--lab-ink-soft'),
  };
}
