import type { Problem } from '#platform/problem.ts';
import type { WorkingFiles } from '../state/working-files.svelte.ts';
import { languageOf } from './language.ts';
import { monaco } from './monaco.ts';

const OWNER = 'day-two';

/** One text model per file, kept in step with the working files in both directions. */
export class FileModels {
  #models = new Map<string, monaco.editor.ITextModel>();
  #dispose: (() => void)[] = [];

  #files: WorkingFiles;

  constructor(files: WorkingFiles) {
    this.#files = files;
    this.#dispose.push(
      files.onChange((path, text, origin) => {
        if (origin !== 'editor') replaceText(this.#models.get(path), text);
      }),
    );
  }

  /** Makes the models of files that were not opened yet, so that imports between them are checked. */
  openAll(): void {
    for (const path of this.#files.paths) this.get(path);
  }

  get(path: string): monaco.editor.ITextModel | null {
    const known = this.#models.get(path);
    const text = this.#files.current[path];
    if (known || text === undefined) return known ?? null;
    const model = monaco.editor.createModel(text, languageOf(path), fileUri(path));
    model.updateOptions({ tabSize: 2, insertSpaces: true });
    model.onDidChangeContent(() => this.#files.edit(path, model.getValue(), 'editor'));
    this.#models.set(path, model);
    return model;
  }

  /** Puts a mark at the line of every problem, and removes the earlier marks. */
  mark(problems: readonly Problem[]): void {
    for (const [path, model] of this.#models) {
      const own = problems.filter((problem) => problem.file === path);
      monaco.editor.setModelMarkers(
        model,
        OWNER,
        own.map((problem) => toMarker(problem, model)),
      );
    }
  }

  dispose(): void {
    for (const undo of this.#dispose) undo();
    for (const model of this.#models.values()) model.dispose();
    this.#models.clear();
  }
}

/** Where TypeScript and the editor know a lab's file. */
function fileUri(path: string): monaco.Uri {
  return monaco.Uri.from({ scheme: 'file', path: `/lab/${path}` });
}

/** An edit rather than a new value, so that Ctrl+Z brings back what a reset took away. */
function replaceText(model: monaco.editor.ITextModel | undefined, text: string): void {
  if (!model || model.getValue() === text) return;
  model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null);
}

function toMarker(problem: Problem, model: monaco.editor.ITextModel): monaco.editor.IMarkerData {
  const line = Math.min(Math.max(problem.line ?? 1, 1), model.getLineCount());
  const column = Math.max(problem.column ?? model.getLineFirstNonWhitespaceColumn(line), 1);
  const word = model.getWordAtPosition({ lineNumber: line, column });
  return {
    severity:
      problem.severity === 'warning' ? monaco.MarkerSeverity.Warning : monaco.MarkerSeverity.Error,
    message: `${problem.message}\n${problem.repair}`,
    startLineNumber: line,
    startColumn: word?.startColumn ?? column,
    endLineNumber: line,
    endColumn: Math.max(word?.endColumn ?? model.getLineMaxColumn(line), column + 1),
  };
}
