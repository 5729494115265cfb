import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { GradedTry } from './answer.ts';

const lesson = 'capacity/will-it-fit';
const place = { lesson, check: 'l01' };
const held = (id: string, more: object = {}) => ({
  ...place,
  id,
  kind: 'numeric' as const,
  answer: 12,
  at: '2026-03-02T10:00:00.000Z',
  ...more,
});
const graded: GradedTry = {
  correct: true,
  explanations: [],
  remark: '',
  tries: 1,
  pauseSeconds: 0,
};

let page: Awaited<ReturnType<typeof openPage>>;
beforeEach(async () => {
  page = await openPage();
});
afterEach(() => {
  page.close();
  vi.unstubAllGlobals();
});

/** A page of a new browser in which Ada is signed in, and a server that is not there yet. */
async function openPage() {
  const stored = new Map([['day-two-account', 'ada']]);
  const asked: { readonly account: string | null; readonly body: unknown }[] = [];
  let respond = (): Response => {
    throw new TypeError('Failed to fetch');
  };
  const browser = new EventTarget();
  vi.stubGlobal('indexedDB', new IDBFactory());
  vi.stubGlobal('localStorage', { getItem: (key: string) => stored.get(key) ?? null });
  vi.stubGlobal('addEventListener', browser.addEventListener.bind(browser));
  vi.stubGlobal('fetch', async (_url: string, { headers, body }: RequestInit) => {
    const account = new Headers(headers).get('X-Day-Two-Account');
    asked.push({ account, body: JSON.parse(body as string) });
    await Promise.resolve();
    return respond();
  });
  vi.resetModules();
  const tries = await import('#progress/tries.ts');
  const { lessonStates } = await import('#progress/lesson-progress.ts');
  const { sendTries } = await import('./send-tries.ts');
  const life = new AbortController();
  return {
    ...tries,
    lessonStates,
    asked,
    start: () => sendTries(life.signal),
    close: () => life.abort(),
    signOut: () => stored.delete('day-two-account'),
    /** The network is there, with a server that answers so. */
    goOnline: (next: () => Response) => {
      respond = next;
      browser.dispatchEvent(new Event('online'));
    },
  };
}

test('a try waits while there is no server, and is graded when there is one', async () => {
  expect(await page.holdTry(held('one'))).toBe(true);
  page.start();
  await vi.waitFor(() => expect(page.asked).toHaveLength(1));
  expect(await page.readWaitingTries()).toHaveLength(1);

  page.goOnline(() => Response.json(graded));
  await vi.waitFor(async () =>
    expect(await page.readTry('one')).toMatchObject({ outcome: { kind: 'graded', graded } }),
  );
  const { id, answer, at } = held('one');
  expect(page.asked.at(-1)).toEqual({ account: 'ada', body: { ...place, id, answer, at } });
  expect(await page.readWaitingTries()).toEqual([]);
  expect((await page.lessonStates(lesson)).get(lesson)?.checks).toEqual({ l01: true });
});

test('a try that comes within a pause is kept, and sent after it', async () => {
  await page.holdTry(held('one'));
  page.start();
  page.goOnline(() => new Response('', { status: 429, headers: { 'Retry-After': '1' } }));
  await vi.waitFor(async () =>
    expect(await page.readTry('one')).toMatchObject({
      outcome: null,
      notBefore: expect.any(String),
    }),
  );
  const before = page.asked.length;
  page.goOnline(() => Response.json(graded));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(page.asked).toHaveLength(before);
  await vi.waitFor(
    async () => expect(await page.readTry('one')).toMatchObject({ outcome: { kind: 'graded' } }),
    { timeout: 3000 },
  );
});

test('the pause after one check does not keep another from being sent', async () => {
  await page.holdTry(held('one'));
  await page.holdTry(held('two', { check: 'l02', at: '2026-03-02T11:00:00.000Z' }));
  page.start();
  let first = true;
  page.goOnline(() => {
    const response = first
      ? new Response('', { status: 429, headers: { 'Retry-After': '600' } })
      : Response.json(graded);
    first = false;
    return response;
  });
  await vi.waitFor(async () =>
    expect(await page.readTry('two')).toMatchObject({ outcome: { kind: 'graded' } }),
  );
  expect((await page.readWaitingTries()).map(({ id }) => id)).toEqual(['one']);
});

test.each([
  [400, 'other-version'],
  [413, 'other-version'],
  [410, 'changed'],
])(
  'a try that is refused with %i is not sent again, and the reason is kept',
  async (status, why) => {
    await page.holdTry(held('one'));
    page.start();
    page.goOnline(() => new Response('no', { status }));
    await vi.waitFor(async () =>
      expect(await page.readTry('one')).toMatchObject({ outcome: { kind: 'refused', why } }),
    );
    expect(await page.readWaitingTries()).toEqual([]);
  },
);

test.each([401, 409])('with %i it waits for its owner to sign in', async (status) => {
  await page.holdTry(held('one'));
  page.start();
  page.goOnline(() => new Response('no', { status }));
  await vi.waitFor(() => expect(page.asked.length).toBeGreaterThan(0));
  await vi.waitFor(async () =>
    expect(await page.readTry('one')).toMatchObject({ outcome: null, notBefore: null }),
  );
});

test('of a check only the newest try waits, and of an account only its own', async () => {
  await page.holdTry(held('one'));
  await page.holdTry(held('two', { answer: 13 }));
  expect((await page.readWaitingTries()).map(({ id }) => id)).toEqual(['two']);
  page.signOut();
  expect(await page.holdTry(held('three'))).toBe(false);
});
