import { beforeEach, expect, test, vi } from 'vitest';
import { openTestTab, startWithEmptyBrowser } from './open-test-tab.ts';

const lab = 'l06-first-service';
const path = 'deployment.yaml';

beforeEach(startWithEmptyBrowser);

/** A tab in which another tab's text was written over. */
async function openWithCopy() {
  const tab = await openTestTab();
  await tab.saveLabFile(lab, path, 'theirs', null);
  const { revision, kept } = await tab.saveLabFile(lab, path, 'mine', null);
  return { tab, current: revision, kept: kept! };
}

test('a kept text becomes the file again, over the one that stood there, which is kept', async () => {
  const { tab, current, kept } = await openWithCopy();
  const taken = await tab.takeLabFileCopy(kept.revision);
  expect(await tab.labFiles(lab)).toMatchObject([
    { text: 'theirs', revision: taken?.revision, base: current, device: tab.device },
  ]);
  expect(await tab.labFileCopies(lab)).toMatchObject([
    { text: 'mine', revision: current, reason: 'reset' },
  ]);
});

test('taken back, everything stands as it did', async () => {
  const { tab, kept } = await openWithCopy();
  const taken = await tab.takeLabFileCopy(kept.revision);
  await tab.takeLabFileCopy(taken!.kept!.revision);
  expect((await tab.labFiles(lab)).map(({ text }) => text)).toEqual(['mine']);
  expect((await tab.labFileCopies(lab)).map(({ text }) => text)).toEqual(['theirs']);
});

test('of two texts of two devices the one that is not the file stays such', async () => {
  const { tab, kept } = await openWithCopy();
  await tab.withDatabase((db) =>
    db.put('lab-file-copies', { ...kept, device: crypto.randomUUID(), reason: 'sync' }),
  );
  await tab.takeLabFileCopy(kept.revision);
  expect(await tab.labFileCopies(lab)).toMatchObject([{ text: 'mine', reason: 'sync' }]);
});

test('a text that equals the file is only no longer kept, and one that is gone changes nothing', async () => {
  const { tab, kept } = await openWithCopy();
  const { revision } = await tab.saveLabFile(lab, path, 'theirs', null);
  expect(await tab.takeLabFileCopy(kept.revision)).toEqual({ revision, kept: null });
  const copies = await tab.labFileCopies(lab);
  expect(copies.map(({ text }) => text)).toEqual(['mine']);
  expect(await tab.takeLabFileCopy(kept.revision)).toBeNull();
  expect(await tab.labFileCopies(lab)).toEqual(copies);
});

test('the other tabs are told that file and copies changed', async () => {
  const { tab, kept } = await openWithCopy();
  const told = vi.fn();
  tab.watch(told);
  await tab.takeLabFileCopy(kept.revision);
  expect(told.mock.calls).toEqual([
    [{ what: 'lab-file', lab, path }, 'this-tab'],
    [{ what: 'lab-copies', lab }, 'this-tab'],
  ]);
});
