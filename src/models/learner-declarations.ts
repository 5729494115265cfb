// oxlint-disable-next-line import/default -- the query makes it a text
import index from './learner-types.ts?raw';

const files = import.meta.glob<string>('./learner/*.ts', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The module `model` as the files of a package, for an editor: declarations by their path in it. */
export const learnerDeclarations: Readonly<Record<string, string>> = Object.fromEntries([
  ['index.d.ts', index],
  ...Object.entries(files).map(([path, text]) => [
    path.replace('./', '').replace(/\.ts$/, '.d.ts'),
    text,
  ]),
]);
