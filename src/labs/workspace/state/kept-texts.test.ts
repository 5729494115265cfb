import { expect, test } from 'vitest';
import type { LabDefinition } from '#labs/definition.ts';
import type { LabStore } from '#labs/lab-store.ts';
import type { LabFileCopy } from '#progress/lab-files.ts';
import { KeptTexts } from './kept-texts.svelte.ts';
import { WorkingFiles } from './working-files.svelte.ts';

const definition = { open: ['b.yaml'], editable: ['b.yaml'] } as unknown as LabDefinition;

const copyOf = (text: string, more: Partial<LabFileCopy> = {}): LabFileCopy => ({
  lab: 'lab',
  path: 'b.yaml',
  text,
  revision: text,
  base: null,
  at: '2026-01-01T12:00:00.000Z',
  device: 'desk',
  reason: 'sync',
  keptAt: '2026-01-02T12:00:00.000Z',
  ...more,
});

/** The lab on the device `train`, which shows `mine`. */
async function open(stored: LabFileCopy[], change: Partial<LabStore> = {}) {
  let tell = () => {};
  const store = {
    device: 'train',
    read: () => Promise.resolve({ 'b.yaml': 'mine' }),
    watch: () => () => {},
    readCopies: () => Promise.resolve([...stored]),
    removeCopy: (revision: string) => {
      stored.splice(0, stored.length, ...stored.filter((copy) => copy.revision !== revision));
      return Promise.resolve();
    },
    takeCopy: (copy: LabFileCopy) => {
      stored.splice(0, stored.length, copyOf('mine', { device: 'train' }));
      return Promise.resolve(copy.revision !== 'gone');
    },
    watchCopies: (_lab: string, listener: () => void) => {
      tell = listener;
      return () => {};
    },
    ...change,
  } as unknown as LabStore;
  const files = new WorkingFiles('lab', definition, { 'a.ts': 'a', 'b.yaml': 'start' }, store);
  await files.restore();
  const kept = new KeptTexts('lab', store, files);
  await kept.read();
  const undecided = () => kept.undecided.map(({ text }) => text);
  return { files, kept, undecided, tell: () => tell() };
}

test('only a text of two devices has to be decided on, of a file that can be edited and differs', async () => {
  const { kept, undecided } = await open([
    copyOf('other device'),
    copyOf('other device while I typed', { reason: 'conflict' }),
    copyOf('other tab', { reason: 'conflict', device: 'train' }),
    copyOf('reset of what the desk wrote', { reason: 'reset' }),
    copyOf('imported', { reason: 'import' }),
    copyOf('mine', { revision: 'equal' }),
    copyOf('read-only', { path: 'a.ts' }),
  ]);
  expect(undecided()).toEqual(['other device', 'other device while I typed']);
  expect(kept.all).toHaveLength(6);
});

test('taken, it is the file, and the one before is undecided in its place', async () => {
  const { files, kept, undecided } = await open([copyOf('theirs')]);
  expect(await kept.take(kept.undecided[0]!)).toBe(true);
  expect([files.current['b.yaml'], undecided()]).toEqual(['theirs', ['mine']]);
});

test('one that somebody else decided on meanwhile leaves the file as it is', async () => {
  const { files, kept } = await open([copyOf('theirs', { revision: 'gone' })]);
  expect(await kept.take(kept.undecided[0]!)).toBe(false);
  expect(files.current['b.yaml']).toBe('mine');
});

test('what is put off is not asked about again, what comes later is', async () => {
  const stored = [copyOf('theirs')];
  const { kept, undecided, tell } = await open(stored);
  kept.putOff();
  expect(undecided()).toEqual([]);
  stored.push(copyOf('later'));
  tell();
  await kept.read();
  expect(undecided()).toEqual(['later']);
});

test('a text that could not be deleted is still there, and why is said', async () => {
  const removeCopy = () => Promise.reject(new Error('disk full'));
  const { kept, undecided } = await open([copyOf('theirs')], { removeCopy });
  expect(await kept.remove(kept.undecided[0]!)).toBe(false);
  expect([undecided(), kept.failure]).toEqual([['theirs'], 'disk full']);
});
