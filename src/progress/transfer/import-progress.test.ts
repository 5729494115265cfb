import { beforeEach, expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { openTestTab, startWithEmptyBrowser } from '../store/open-test-tab.ts';

const lesson = 'production-is-different/model-server';
const lab = 'l06-first-service';

beforeEach(startWithEmptyBrowser);

async function exportOfAnotherBrowser(text: string): Promise<string> {
  const tab = await openTestTab();
  await tab.record({ kind: 'lesson-read', payload: { lesson, how: 'marked' } });
  await tab.saveLabFile(lab, 'deployment.yaml', text, null);
  const exported = await tab.exportAll();
  startWithEmptyBrowser();
  return exported;
}

function withoutHeader(exported: string): unknown {
  const { exportedAt: _exportedAt, device: _device, ...content } = JSON.parse(exported);
  return content;
}

test('an export imported into an empty browser exports the same again', async () => {
  const exported = await exportOfAnotherBrowser('mine');
  const tab = await openTestTab();

  const result = await tab.importAll(exported);

  expect(result).toEqual({ status: 'imported', problems: [], added: 2, alreadyHere: 0 });
  expect(withoutHeader(await tab.exportAll())).toEqual(withoutHeader(exported));
});

test('importing twice doubles nothing', async () => {
  const exported = await exportOfAnotherBrowser('mine');
  const tab = await openTestTab();
  await tab.importAll(exported);
  const before = withoutHeader(await tab.exportAll());

  const again = await tab.importAll(exported);

  expect(again).toMatchObject({ added: 0, alreadyHere: 2 });
  expect(withoutHeader(await tab.exportAll())).toEqual(before);
});

test('of two texts for one file the newer is the file and the older a copy, whichever is imported', async () => {
  const older = await exportOfAnotherBrowser('older');
  const tab = await openTestTab();
  await tab.saveLabFile(lab, 'deployment.yaml', 'newer', null);
  const newer = await tab.exportAll();

  await tab.importAll(older);
  await tab.importAll(older);
  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'newer' }]);
  expect(await tab.labFileCopies(lab)).toMatchObject([{ text: 'older', reason: 'import' }]);

  startWithEmptyBrowser();
  const other = await openTestTab();
  await other.importAll(older);
  await other.importAll(newer);
  expect(await other.labFiles(lab)).toMatchObject([{ text: 'newer' }]);
  expect(await other.labFileCopies(lab)).toMatchObject([{ text: 'older', reason: 'import' }]);
});

test('a file that went on from the imported one is left alone', async () => {
  const exported = await exportOfAnotherBrowser('first');
  const tab = await openTestTab();
  await tab.importAll(exported);
  const [file] = await tab.labFiles(lab);
  await tab.saveLabFile(lab, 'deployment.yaml', 'second', file!.revision);

  await tab.importAll(exported);

  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'second' }]);
  expect(await tab.labFileCopies(lab)).toEqual([]);
});

test('every problem of a bad file is reported with its field, and nothing is written', async () => {
  const file = JSON.parse(await exportOfAnotherBrowser('mine'));
  file.events.push({ ...file.events[0], kind: 'badge-won' });
  file.events.push({ ...file.events[0], at: 'yesterday', extra: 1 });
  file.labFiles[0].path = '../../etc/passwd';
  const tab = await openTestTab();

  const result = await tab.importAll(JSON.stringify(file), { file: 'mine.json' });

  expect(result).toMatchObject({ status: 'refused', usable: 1 });
  expect(result.problems.map(formatProblem).join('\n')).toMatchInlineSnapshot(`
    "mine.json events.1.kind: Invalid discriminator value. Expected 'lesson-read' | 'lesson-unread' | 'check-answered' | 'verdict' | 'solution-shown', found "badge-won". Repair: Export the progress again and import that file unchanged.
    mine.json events.2.at: Invalid ISO datetime, found "yesterday". Repair: Export the progress again and import that file unchanged.
    mine.json events.2: Unrecognized key: "extra". Repair: Remove it.
    mine.json labFiles.0.path: expected a relative path in lower case, found "../../etc/passwd". Repair: Export the progress again and import that file unchanged."
  `);
  expect((await tab.lessonStates()).size).toBe(0);
});

test('the good entries of a bad file can be had alone', async () => {
  const file = JSON.parse(await exportOfAnotherBrowser('mine'));
  file.labFiles[0].revision = 7;
  const tab = await openTestTab();

  const result = await tab.importAll(JSON.stringify(file), { goodOnly: true });

  expect(result).toMatchObject({ status: 'imported', added: 1 });
  expect(result.problems).toHaveLength(1);
  expect((await tab.lessonStates()).get(lesson)?.read).toBe(true);
});

test.each([
  ['an empty file', ''],
  ['a file cut off', '{"format": "day-two-progress",\n "version": 1, "events": ['],
  ['another file', '{"name": "package"}'],
  ['a list', '[]'],
  ['a newer export', '{"format": "day-two-progress", "version": 2}'],
])('%s is refused with what was found', async (_name, text) => {
  const tab = await openTestTab();

  const result = await tab.importAll(text, { goodOnly: true });

  expect(result.status).toBe('refused');
  expect(result.problems.map(formatProblem).join('\n')).toMatchSnapshot();
});
