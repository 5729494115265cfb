import type { FileSystemTree } from '@webcontainer/api';
import type { LabFiles } from '#labs/files.ts';

const BASE64 = '.b64';

/** A lab's files as a WebContainer mounts them; `x.tgz.b64` becomes the bytes of `x.tgz`. */
export function toFileTree(files: LabFiles): FileSystemTree {
  const root: FileSystemTree = {};
  for (const [file, text] of Object.entries(files)) {
    const folders = pathOf(file).split('/');
    const name = folders.pop() ?? '';
    const folder = folders.reduce(enter, root);
    folder[name] = { file: { contents: contentsOf(file, text) } };
  }
  return root;
}

/** Where a lab's file lies in the container. */
export function pathOf(file: string): string {
  return file.endsWith(BASE64) ? file.slice(0, -BASE64.length) : file;
}

/** What a lab's file holds in the container. */
export function contentsOf(file: string, text: string): string | Uint8Array {
  if (!file.endsWith(BASE64)) return text;
  return Uint8Array.from(atob(text.replace(/\s/g, '')), (unit) => unit.charCodeAt(0));
}

function enter(folder: FileSystemTree, name: string): FileSystemTree {
  const known = folder[name];
  if (known && 'directory' in known) return known.directory;
  const directory: FileSystemTree = {};
  folder[name] = { directory };
  return directory;
}
