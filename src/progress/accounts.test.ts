import { beforeEach, expect, test, vi } from 'vitest';
import { openTestTab, startWithEmptyBrowser } from './store/open-test-tab.ts';

const lesson = 'production-is-different/model-server';
const lab = 'l06-first-service';

beforeEach(() => {
  startWithEmptyBrowser();
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
    removeItem: (key: string) => kept.delete(key),
  });
  return () => vi.unstubAllGlobals();
});

async function openBrowser() {
  const tab = await openTestTab();
  const accounts = await import('./accounts.ts');
  return { ...tab, ...accounts };
}

test('what was done before signing in goes to the account that claims it, once', async () => {
  const tab = await openBrowser();
  await tab.record({ kind: 'lesson-read', payload: { lesson, how: 'marked' } });
  await tab.saveLabFile(lab, 'x.yaml', 'mine', null);
  expect(await tab.countUnowned()).toBe(2);

  await tab.enterAccount('ada', true);

  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'mine' }]);
  await tab.leaveAccount(false);
  expect(await tab.countUnowned()).toBe(0);
});

test('a claim that was cut short goes on where another page opens', async () => {
  const tab = await openBrowser();
  await tab.saveLabFile(lab, 'x.yaml', 'mine', null);
  localStorage.setItem('day-two-account', 'ada');
  localStorage.setItem('day-two-claim', 'ada');

  const next = await openBrowser();
  await next.finishClaim();

  expect(await next.labFiles(lab)).toMatchObject([{ text: 'mine' }]);
  await next.leaveAccount(false);
  expect(await next.countUnowned()).toBe(0);
});

test('two people at one machine do not see each other’s progress', async () => {
  const tab = await openBrowser();
  await tab.enterAccount('ada', false);
  await tab.saveLabFile(lab, 'x.yaml', 'of Ada', null);
  await tab.leaveAccount(false);
  await tab.enterAccount('bo', true);
  expect(await tab.labFiles(lab)).toEqual([]);

  await tab.leaveAccount(false);
  await tab.enterAccount('ada', false);
  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'of Ada' }]);
});

test('what is not claimed stays for whoever is signed out', async () => {
  const tab = await openBrowser();
  await tab.saveLabFile(lab, 'x.yaml', 'mine', null);
  await tab.enterAccount('ada', false);
  expect(await tab.labFiles(lab)).toEqual([]);
  await tab.leaveAccount(true);
  expect(await tab.labFiles(lab)).toMatchObject([{ text: 'mine' }]);
});
