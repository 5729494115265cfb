import { expect, test, vi } from 'vitest';
import type { LabDefinition } from '#labs/definition.ts';
import type { LabStore } from '#labs/lab-store.ts';
import { WorkingFiles } from './working-files.svelte.ts';

const definition = { open: ['b.yaml'], editable: ['b.yaml'] } as unknown as LabDefinition;
const start = { 'a.ts': 'a', 'b.yaml': 'start' };

function openFiles(store: Partial<LabStore> = {}) {
  const kept = new Map<string, string>();
  let tellOtherTab: (path: string, text: string | null) => boolean | void = () => {};
  const full = {
    read: () => Promise.resolve(Object.fromEntries(kept)),
    write: (_lab: string, path: string, text: string) => {
      kept.set(path, text);
      return Promise.resolve();
    },
    remove: (_lab: string, paths: readonly string[]) => {
      for (const path of paths) kept.delete(path);
      return Promise.resolve();
    },
    watch: (_lab: string, listener: typeof tellOtherTab) => {
      tellOtherTab = listener;
      return () => {};
    },
    ...store,
  } as LabStore;
  const files = new WorkingFiles('lab', definition, start, full);
  return { files, kept, otherTab: (path: string, text: string | null) => tellOtherTab(path, text) };
}

test('an edit is durable within half a second', async () => {
  vi.useFakeTimers();
  const { files, kept } = openFiles();
  files.edit('b.yaml', 'mine', 'editor');
  expect(files.unsaved).toEqual(['b.yaml']);
  await vi.advanceTimersByTimeAsync(500);
  expect([kept.get('b.yaml'), files.unsaved]).toEqual(['mine', []]);
  vi.useRealTimers();
});

test('a read-only file refuses an edit', () => {
  const { files } = openFiles();
  expect(files.edit('a.ts', 'x', 'shell')).toBe(false);
  expect(files.current['a.ts']).toBe('a');
});

test('a failing disk keeps the edit unsaved, says why, and tries again', async () => {
  let isFull = true;
  const write = () => (isFull ? Promise.reject(new Error('disk full')) : Promise.resolve());
  const { files } = openFiles({ write });
  files.edit('b.yaml', 'mine', 'editor');
  await files.flush();
  expect([files.saveError, files.unsaved]).toEqual(['disk full', ['b.yaml']]);
  isFull = false;
  await files.flush();
  expect([files.saveError, files.unsaved]).toEqual([null, []]);
});

test('a reset puts the start back and forgets what was kept', async () => {
  const { files, kept } = openFiles();
  files.edit('b.yaml', 'mine', 'editor');
  await files.flush();
  await files.reset(['b.yaml']);
  expect([files.current['b.yaml'], kept.size]).toEqual(['start', 0]);
});

test('another tab’s text is taken, but never over an edit that is not yet saved', async () => {
  const { files, otherTab } = openFiles();
  expect(otherTab('b.yaml', 'theirs')).toBe(true);
  expect(files.current['b.yaml']).toBe('theirs');
  files.edit('b.yaml', 'mine', 'editor');
  expect(otherTab('b.yaml', 'later')).toBe(false);
  expect(files.current['b.yaml']).toBe('mine');
  await files.flush();
});
