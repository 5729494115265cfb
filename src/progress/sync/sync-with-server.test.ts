import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { addTestPerson } from '#accounts/add-test-person.ts';
import { createRandom } from '#load/random.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { exchangeEntries } from '../server/exchange-entries.ts';
import { progressEntries } from '../server/tables.ts';
import { exchangeRequestSchema, type Exchange } from './exchange.ts';
import { contentOf, lab, openDevice, textOf, write } from './open-test-device.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
afterEach(() => vi.useRealTimers());

test.each([1, 2, 3, 4, 5, 6])(
  'after a week offline with wrong clocks, lost answers and replays, PostgreSQL and all devices have everything once (seed %i)',
  async (seed) => {
    const random = createRandom(seed, 'sync with the server');
    const account = await addTestPerson(database.db);
    vi.useFakeTimers({ toFake: ['Date'] });
    const devices = [
      await openDevice(Math.round(random() * 14) - 7),
      await openDevice(Math.round(random() * 14) - 7),
      await openDevice(0),
    ];
    const exchange: Exchange = (request) =>
      exchangeEntries(
        database.db,
        account,
        exchangeRequestSchema.parse(JSON.parse(JSON.stringify(request))),
      );
    const flaky: Exchange = async (request, signal) => {
      const fate = random();
      if (fate < 0.15) throw new Error('The request was lost.');
      const answer = await exchange(request, signal);
      if (fate < 0.3) throw new Error('The answer was lost.');
      return fate < 0.5 ? exchange(request, signal) : answer;
    };
    const recorded: string[] = [];
    const sent = new Set<string>();
    for (let step = 0; step < 60; step += 1) {
      const device = devices[Math.floor(random() * devices.length)]!;
      const choice = random();
      if (choice < 0.4)
        recorded.push((await device.record({ kind: 'solution-shown', payload: { lab } })).id);
      else if (choice < 0.8) await write(device, `text ${step}`);
      else {
        const text = await textOf(device);
        await device.sync(flaky).then(
          () => sent.add(text ?? 'none'),
          () => {},
        );
      }
    }
    for (let round = 0; round < 3; round += 1)
      for (const device of devices) await device.sync(exchange);

    const contents = await Promise.all(devices.map(contentOf));
    for (const { events, text } of contents) {
      expect(events).toEqual(recorded.toSorted());
      expect(text).toBe(contents[0]!.text);
    }
    const rows = await database.db
      .select()
      .from(progressEntries)
      .where(eq(progressEntries.account, account));
    const ofKind = (wanted: string) => rows.filter(({ kind }) => kind === wanted);
    expect(ofKind('event').map(({ id }) => id)).toHaveLength(recorded.length);
    const kept = new Set(['none', ...ofKind('lab-file').map(({ content }) => textIn(content))]);
    expect([...sent].filter((text) => !kept.has(text))).toEqual([]);
  },
);

function textIn(content: unknown): unknown {
  return (content as { text: unknown }).text;
}
