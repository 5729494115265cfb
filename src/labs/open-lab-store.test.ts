import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import type { LabStore } from './lab-store.ts';

const lab = 'l06-first-service';

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

/** A tab of its own: modules loaded afresh over the shared database. */
async function openTab(): Promise<LabStore> {
  vi.resetModules();
  const { openLabStore } = await import('./open-lab-store.ts');
  return openLabStore();
}

test('a lab that was never edited has no files', async () => {
  expect(await (await openTab()).read(lab)).toBeNull();
});

test('only what was written is read, after a reload too', async () => {
  const store = await openTab();
  await store.write(lab, 'deployment.yaml', 'replicas: 2');
  await store.write(lab, 'service.yaml', 'port: 80');
  await store.remove(lab, ['service.yaml']);

  expect(await (await openTab()).read(lab)).toEqual({ 'deployment.yaml': 'replicas: 2' });
});

test('writes on every keystroke end with the last text and no copies', async () => {
  const store = await openTab();
  const texts = Array.from({ length: 50 }, (_, index) => `text ${index}`);
  await Promise.all(texts.map((text) => store.write(lab, 'a.yaml', text)));

  expect(await store.read(lab)).toEqual({ 'a.yaml': 'text 49' });
  expect(await store.readCopies(lab)).toEqual([]);
});

test('a write that fails tells its caller, and the next one is still tried', async () => {
  const store = await openTab();
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
    throw new DOMException('full', 'QuotaExceededError');
  });
  const [first, second] = await Promise.allSettled([
    store.write(lab, 'a.yaml', 'one'),
    store.write(lab, 'a.yaml', 'two'),
  ]);
  put.mockRestore();

  expect(first).toMatchObject({ status: 'rejected', reason: { code: 'quota' } });
  expect(second.status).toBe('fulfilled');
  expect(await store.read(lab)).toEqual({ 'a.yaml': 'two' });
});

test('a text that the workspace took from another tab is continued without a copy', async () => {
  const here = await openTab();
  const there = await openTab();
  const taken = vi.fn(() => true);
  here.watch(lab, taken);
  await there.write(lab, 'a.yaml', 'theirs');
  await vi.waitFor(() => expect(taken).toHaveBeenCalledWith('a.yaml', 'theirs'));

  await here.write(lab, 'a.yaml', 'theirs and mine');

  expect(await here.readCopies(lab)).toEqual([]);
});

test('a text that the workspace did not take is kept as a copy', async () => {
  const here = await openTab();
  const there = await openTab();
  const ignored = vi.fn();
  here.watch(lab, ignored);
  await there.write(lab, 'a.yaml', 'theirs');
  await vi.waitFor(() => expect(ignored).toHaveBeenCalled());

  await here.write(lab, 'a.yaml', 'mine');

  const [copy] = await here.readCopies(lab);
  expect(copy).toMatchObject({ text: 'theirs', reason: 'conflict' });
  await here.removeCopy(copy!.revision);
  expect(await there.readCopies(lab)).toEqual([]);
});

test('the solution is noted once, for this lab alone', async () => {
  const store = await openTab();
  await store.markSolutionShown(lab);
  await store.markSolutionShown(lab);

  expect(await store.isSolutionShown(lab)).toBe(true);
  expect(await store.isSolutionShown('l07-probes')).toBe(false);
});
