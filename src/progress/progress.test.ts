import { beforeEach, expect, test, vi } from 'vitest';
import { openTestTab, startWithEmptyBrowser } from './store/open-test-tab.ts';

const lesson = 'production-is-different/model-server';
const lab = 'l06-first-service';

beforeEach(startWithEmptyBrowser);

test('a lesson read is still read after a reload', async () => {
  const tab = await openTestTab();
  await tab.record({ kind: 'lesson-read', payload: { lesson, how: 'marked' } });

  const reloaded = await openTestTab();

  expect((await reloaded.lessonStates()).get(lesson)?.read).toBe(true);
});

test('the last of read and unread counts, and the log keeps both', async () => {
  const tab = await openTestTab();
  await tab.lessons.recordLessonRead(lesson, 'reached-end');
  await tab.lessons.recordLessonUnread(lesson);

  expect((await tab.lessonStates(lesson)).get(lesson)).toMatchObject({ read: false, readAt: null });
  expect(JSON.parse(await tab.exportAll()).events).toHaveLength(2);
});

test('the latest answer of a check counts, and all answers are kept', async () => {
  const tab = await openTestTab();
  const answer = { lesson, check: 'ready', kind: 'single' } as const;
  await tab.lessons.recordCheckAnswered({ ...answer, correct: false, answer: [2] });
  await tab.lessons.recordCheckAnswered({ ...answer, correct: true, answer: [0] });

  expect((await tab.lessonStates(lesson)).get(lesson)?.checks).toEqual({ ready: true });
  expect((await tab.checkAnswers(lesson)).map((event) => event.payload.answer)).toEqual([[2], [0]]);
});

test('ids ascend within a tab, also when the clock steps back', async () => {
  const { newId } = await import('./new-id.ts');
  const ids = [newId(2_000_000_000_000), newId(2_000_000_000_000), newId(1_000)];

  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('a continued file leaves no copy', async () => {
  const tab = await openTestTab();
  const first = await tab.saveLabFile(lab, 'deployment.yaml', 'one', null);
  const second = await tab.saveLabFile(lab, 'deployment.yaml', 'two', first.revision);

  expect(second.kept).toBeNull();
  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'two', base: first.revision }]);
  expect(await tab.labFileCopies()).toEqual([]);
});

test('a write from a stale tab wins the file and keeps the other text', async () => {
  const here = await openTestTab();
  const there = await openTestTab();
  const start = await here.saveLabFile(lab, 'deployment.yaml', 'start', null);
  await there.saveLabFile(lab, 'deployment.yaml', 'from there', start.revision);

  const saved = await here.saveLabFile(lab, 'deployment.yaml', 'from here', start.revision);

  expect(saved.kept).toMatchObject({ text: 'from there', reason: 'conflict' });
  expect(await there.labFiles(lab)).toMatchObject([{ text: 'from here' }]);
  expect(await there.labFileCopies(lab)).toMatchObject([{ text: 'from there' }]);
});

test('two tabs that type in turns leave one copy of the losing side and not one a keystroke', async () => {
  const here = await openTestTab();
  const there = await openTestTab();
  let [seenHere, seenThere]: (string | null)[] = [null, null];
  for (const letter of ['a', 'b', 'c']) {
    ({ revision: seenHere } = await here.saveLabFile(lab, 'x.yaml', `here ${letter}`, seenHere!));
    ({ revision: seenThere } = await there.saveLabFile(
      lab,
      'x.yaml',
      `there ${letter}`,
      seenThere!,
    ));
  }

  expect(await here.labFiles(lab)).toMatchObject([{ text: 'there c' }]);
  expect((await here.labFileCopies(lab)).map(({ text }) => text)).toEqual(['here c']);
});

test('two saves that race over one revision keep both texts', async () => {
  const here = await openTestTab();
  const there = await openTestTab();
  const { revision } = await here.saveLabFile(lab, 'x.yaml', 'start', null);
  await Promise.all([
    here.saveLabFile(lab, 'x.yaml', 'here', revision),
    there.saveLabFile(lab, 'x.yaml', 'there', revision),
  ]);

  const texts = [
    ...(await here.labFiles(lab)).map(({ text }) => text),
    ...(await here.labFileCopies(lab)).map(({ text }) => text),
  ];
  expect(new Set(texts)).toEqual(new Set(['here', 'there']));
});

test('a reset keeps what was there, and stays reset for a tab that had not seen it', async () => {
  const tab = await openTestTab();
  const { revision } = await tab.saveLabFile(lab, 'x.yaml', 'mine', null);
  await tab.saveLabFile(lab, 'x.yaml', null, revision);

  expect(await tab.labFiles(lab)).toMatchObject([{ text: null, base: revision }]);
  expect(await tab.labFileCopies(lab)).toMatchObject([{ text: 'mine', reason: 'reset' }]);
});

test('another tab is told after the write is stored', async () => {
  const here = await openTestTab();
  const there = await openTestTab();
  const told = vi.fn();
  there.watch(told);

  await here.saveLabFile(lab, 'x.yaml', 'text', null);

  const change = { what: 'lab-file', lab, path: 'x.yaml' };
  await vi.waitFor(() => expect(told).toHaveBeenCalledWith(change, 'another-tab'));
  expect(await there.labFiles(lab)).toHaveLength(1);
});

test('files of one lab do not show in another whose id starts alike', async () => {
  const tab = await openTestTab();
  await tab.saveLabFile('l06', 'x.yaml', 'six', null);
  await tab.saveLabFile('l06-b', 'x.yaml', 'six b', null);

  expect((await tab.labFiles('l06')).map(({ text }) => text)).toEqual(['six']);
});

test('what could not be stored is in the export, and is stored with the next write', async () => {
  const tab = await openTestTab();
  const full = new DOMException('full', 'QuotaExceededError');
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw full;
  });
  const reading = { kind: 'lesson-read', payload: { lesson, how: 'marked' } } as const;
  await expect(tab.record(reading)).rejects.toMatchObject({ code: 'quota', cause: full });
  await expect(tab.saveLabFile(lab, 'x.yaml', 'mine', null)).rejects.toMatchObject({
    code: 'quota',
  });

  const exported = JSON.parse(await tab.exportAll());
  put.mockRestore();
  await tab.record({ kind: 'solution-shown', payload: { lab } });

  expect(exported.events).toMatchObject([{ kind: 'lesson-read' }]);
  expect(exported.labFiles).toMatchObject([{ text: 'mine' }]);
  expect((await tab.lessonStates()).get(lesson)?.read).toBe(true);
});

test('after "forget me" nothing is left, and a tab that was open writes nothing more', async () => {
  vi.stubGlobal('localStorage', createStorage({ 'day-two:theme': 'dark', other: 'kept' }));
  vi.stubGlobal('sessionStorage', createStorage({}));
  const here = await openTestTab();
  const there = await openTestTab();
  const told = vi.fn();
  there.watch(told);
  await here.saveLabFile(lab, 'x.yaml', 'mine', null);

  await here.forget();

  await expect(there.saveLabFile(lab, 'x.yaml', 'again', null)).rejects.toMatchObject({
    code: 'forgotten',
  });
  expect(told).toHaveBeenCalledWith({ what: 'forgotten' }, 'this-tab');
  expect(Object.keys(localStorage)).toEqual(['other']);
  expect(await (await openTestTab()).labFiles(lab)).toEqual([]);
  vi.unstubAllGlobals();
});

test('a tab of an older version lets go for an upgrade and then says that it is old', async () => {
  const tab = await openTestTab();
  await new Promise((resolve) => {
    indexedDB.open('day-two', 99).onsuccess = resolve;
  });

  await expect(tab.exportAll()).rejects.toMatchObject({ code: 'newer' });
  await expect(openTestTab()).rejects.toMatchObject({ code: 'newer' });
});

test('a browser without IndexedDB is told apart from one that refuses it', async () => {
  vi.stubGlobal('indexedDB', undefined);
  await expect(openTestTab()).rejects.toMatchObject({ code: 'missing' });
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  await expect(openTestTab()).rejects.toMatchObject({ code: 'refused' });
  vi.unstubAllGlobals();
});

/** Enough of Storage: own enumerable keys, `getItem` and `removeItem`. */
function createStorage(entries: Record<string, string>) {
  const storage = Object.create({
    getItem(this: Record<string, string>, key: string) {
      return this[key] ?? null;
    },
    removeItem(this: Record<string, string>, key: string) {
      delete this[key];
    },
  });
  return Object.assign(storage, entries);
}
