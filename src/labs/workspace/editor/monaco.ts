import 'monaco-editor/features/register.all';
import 'monaco-editor/languages/definitions/typescript/register';
import 'monaco-editor/languages/definitions/wgsl/register';
import 'monaco-editor/languages/definitions/yaml/register';
import 'monaco-editor/languages/features/json/register';
import { typescriptDefaults } from 'monaco-editor/languages/features/typescript/register';
// oxlint-disable-next-line import/default -- the query makes it a worker
import EditorWorker from 'monaco-editor/editor/editor.worker?worker';
// oxlint-disable-next-line import/default -- the query makes it a worker
import JsonWorker from 'monaco-editor/languages/features/json/json.worker?worker';
// oxlint-disable-next-line import/default -- the query makes it a worker
import TypeScriptWorker from 'monaco-editor/languages/features/typescript/ts.worker?worker';
import * as monaco from 'monaco-editor/editor';
import { addTypes, configureTypeScript } from './typescript-defaults.ts';

globalThis.MonacoEnvironment = {
  getWorker(_id, label) {
    if (label === 'json') return new JsonWorker();
    if (label === 'typescript' || label === 'javascript') return new TypeScriptWorker();
    return new EditorWorker();
  },
};
configureTypeScript(typescriptDefaults);

/** Lets the editor know what a pod may import. Fetches the declarations once. */
export function addLearnerTypes(): Promise<void> {
  return addTypes(typescriptDefaults);
}

export { monaco };
