import { followColours, type ReadColour } from '../follow-colours.ts';
import { monaco } from './monaco.ts';

const NAME = 'day-two';

/** Colours the editor with the site's tokens, again whenever light and dark change. Returns the undo. */
export function followTheme(layer: HTMLElement): () => void {
  return followColours(layer, (colour) => {
    monaco.editor.defineTheme(NAME, themeOf(colour));
    monaco.editor.setTheme(NAME);
  });
}

function themeOf(colour: ReadColour): monaco.editor.IStandaloneThemeData {
  const isDark = luminance(colour('--lab-surface')) < 0.4;
  const rule = (token: string, property: string, fontStyle = '') => ({
    token,
    foreground: colour(property).slice(1, 7),
    fontStyle,
  });
  return {
    base: isDark ? 'vs-dark' : 'vs',
    inherit: true,
    rules: [
      rule('', '--lab-ink'),
      rule('comment', '--lab-code-comment', 'italic'),
      rule('string', '--lab-code-string'),
      rule('number', '--lab-code-number'),
      rule('keyword', '--lab-code-keyword'),
      rule('type', '--lab-code-type'),
      rule('type.yaml', '--lab-code-type'),
      rule('variable.predefined', '--lab-code-type'),
      rule('annotation', '--lab-code-keyword'),
      rule('delimiter', '--lab-ink-soft'),
    ],
    colors: {
      'editor.background': colour('--lab-surface'),
      'editor.foreground': colour('--lab-ink'),
      'editorLineNumber.foreground': colour('--lab-ink-faint'),
      'editorLineNumber.dimmedForeground': colour('--lab-ink-faint'),
      'editorLineNumber.activeForeground': colour('--lab-ink'),
      'editor.lineHighlightBackground': colour('--lab-raised'),
      'editor.lineHighlightBorder': '#00000000',
      'editorGutter.background': colour('--lab-surface'),
      'editorCursor.foreground': colour('--lab-accent'),
      'editor.selectionBackground': `${colour('--lab-accent')}40`,
      'editorWidget.background': colour('--lab-raised'),
      'editorWidget.border': colour('--lab-line'),
      'editorHoverWidget.background': colour('--lab-raised'),
      'editorIndentGuide.background1': colour('--lab-line'),
      'editorError.foreground': colour('--lab-bad'),
      'editorWarning.foreground': colour('--lab-warn'),
      'scrollbarSlider.background': `${colour('--lab-ink-faint')}55`,
      'diffEditor.insertedLineBackground': colour('--lab-good-wash'),
      'diffEditor.removedLineBackground': colour('--lab-bad-wash'),
      'diffEditor.insertedTextBackground': `${colour('--lab-good')}2e`,
      'diffEditor.removedTextBackground': `${colour('--lab-bad')}2e`,
      focusBorder: colour('--lab-focus'),
    },
  };
}

function luminance(hex: string): number {
  const parts = [1, 3, 5].map((start) => Number.parseInt(hex.slice(start, start + 2), 16) / 255);
  return (parts[0] ?? 0) * 0.21 + (parts[1] ?? 0) * 0.72 + (parts[2] ?? 0) * 0.07;
}
