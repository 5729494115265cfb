import type { monaco } from './monaco.ts';

/** The editor's settings; comfortable at half of a 1280-pixel screen. */
export function editorOptions(
  layer: HTMLElement,
): monaco.editor.IStandaloneEditorConstructionOptions {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  return {
    model: null,
    automaticLayout: true,
    fontFamily: getComputedStyle(layer).getPropertyValue('--lab-mono'),
    fontSize: 13,
    lineHeight: 20,
    padding: { top: 8, bottom: 8 },
    minimap: { enabled: false },
    scrollBeyondLastLine: false,
    wordWrap: 'off',
    lineNumbersMinChars: 3,
    glyphMargin: false,
    folding: true,
    renderLineHighlight: 'line',
    overviewRulerBorder: false,
    fixedOverflowWidgets: true,
    smoothScrolling: !calm,
    cursorBlinking: calm ? 'solid' : 'blink',
    stickyScroll: { enabled: false },
    bracketPairColorization: { enabled: false },
    unicodeHighlight: { ambiguousCharacters: false },
    quickSuggestions: { other: true, strings: true, comments: false },
  };
}
