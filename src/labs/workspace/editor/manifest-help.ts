import { listManifestFields, listManifestKinds } from '#cluster/manifest-fields.ts';
import { FIELD_NOTES } from './field-notes.ts';
import { monaco } from './monaco.ts';
import { findYamlPlace } from './yaml-place.ts';

const EFFECTS = {
  acts: 'This cluster acts on it.',
  keeps: 'Kept and shown; it changes nothing here.',
  ignores: 'A real cluster acts on it, this one does not.',
};

/** Completion and hover for manifests, from the same table that checks them. Returns the undo. */
export function helpWithManifests(images: readonly string[]): () => void {
  const completion = monaco.languages.registerCompletionItemProvider('yaml', {
    triggerCharacters: [' ', '\n'],
    provideCompletionItems: (model, position) => ({
      suggestions: suggest(model, position, images),
    }),
  });
  const hover = monaco.languages.registerHoverProvider('yaml', {
    provideHover: (model, position) => describe(model, position),
  });
  return () => {
    completion.dispose();
    hover.dispose();
  };
}

function suggest(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
  images: readonly string[],
): monaco.languages.CompletionItem[] {
  const before = model.getLineContent(position.lineNumber).slice(0, position.column - 1);
  const word = model.getWordUntilPosition(position);
  const range = new monaco.Range(
    position.lineNumber,
    word.startColumn,
    position.lineNumber,
    position.column,
  );
  const value = /^[\s-]*([\w./-]+):\s+\S*$/.exec(before);
  if (value) return valuesOf(value[1] ?? '', images).map((text) => valueItem(text, range));
  if (!/^[\s-]*[\w./-]*$/.test(before)) return [];
  const { kind, path, siblings } = findYamlPlace(
    model.getValue(),
    position.lineNumber,
    position.column,
  );
  const indent = ' '.repeat(word.startColumn - 1);
  return listManifestFields(kind, path)
    .filter((field) => field.effect !== 'ignores' && !siblings.includes(field.name))
    .map((field) => ({
      label: field.name,
      kind: monaco.languages.CompletionItemKind.Property,
      insertText: `${field.name}:${{ value: ' ', object: `\n${indent}  `, list: `\n${indent}  - ` }[field.holds]}`,
      insertTextRules: monaco.languages.CompletionItemInsertTextRule.KeepWhitespace,
      detail: EFFECTS[field.effect],
      documentation: FIELD_NOTES[field.name] ?? '',
      sortText: `${field.effect === 'acts' ? 0 : 1}${field.name}`,
      range,
    }));
}

function valuesOf(field: string, images: readonly string[]): readonly string[] {
  if (field === 'image') return images;
  if (field === 'kind') return listManifestKinds().map(({ kind }) => kind);
  if (field === 'apiVersion') {
    return [...new Set(listManifestKinds().map(({ apiVersion }) => apiVersion))];
  }
  return [];
}

function valueItem(text: string, range: monaco.IRange): monaco.languages.CompletionItem {
  return { label: text, insertText: text, kind: monaco.languages.CompletionItemKind.Value, range };
}

function describe(
  model: monaco.editor.ITextModel,
  position: monaco.Position,
): monaco.languages.Hover | null {
  const { kind, path, field } = findYamlPlace(
    model.getValue(),
    position.lineNumber,
    position.column,
  );
  const word = model.getWordAtPosition(position);
  const known = listManifestFields(kind, path).find((one) => one.name === field);
  if (!known || !word || word.word !== field) return null;
  const notes = [`**${known.name}**`, FIELD_NOTES[known.name], EFFECTS[known.effect]];
  return { contents: notes.filter((note) => note !== undefined).map((value) => ({ value })) };
}
