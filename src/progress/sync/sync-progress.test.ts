import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createRandom } from '#load/random.ts';
import { startWithEmptyBrowser } from '../store/open-test-tab.ts';
import { contentOf, lab, openDevice, textOf, write } from './open-test-device.ts';
import type { Exchange, ExchangeAnswer, ExchangeRequest } from './exchange.ts';

const lesson = 'production-is-different/model-server';

beforeEach(startWithEmptyBrowser);
afterEach(() => vi.useRealTimers());

/** The server's promise in memory: one log a person, in the order of arrival, no entry twice. */
function openLog(limit = 2) {
  const log: {
    by: string;
    event?: ExchangeAnswer['events'][0];
    file?: ExchangeAnswer['labFiles'][0];
  }[] = [];
  const known = new Set<string>();
  const add = (id: string, entry: (typeof log)[0]) => {
    if (!known.has(id)) log.push(entry);
    known.add(id);
  };
  const exchange = ({
    device,
    cursor,
    events,
    labFiles,
  }: ExchangeRequest): Promise<ExchangeAnswer> => {
    for (const event of events) add(event.id, { by: device, event });
    for (const file of labFiles) add(file.revision, { by: device, file });
    const rows = log.slice(cursor, cursor + limit);
    const foreign = rows.filter(({ by }) => by !== device);
    return Promise.resolve({
      cursor: cursor + rows.length,
      hasMore: cursor + rows.length < log.length,
      events: foreign.flatMap(({ event }) => event ?? []),
      labFiles: foreign.flatMap(({ file }) => file ?? []),
    });
  };
  return { exchange, log };
}

test('what one device did, the other has, and nothing twice', async () => {
  const { exchange, log } = openLog();
  const [train, desk] = [await openDevice(), await openDevice()];
  for (let read = 0; read < 5; read += 1)
    await train.record({ kind: 'lesson-read', payload: { lesson, how: 'marked' } });
  await write(train, 'mine');

  await train.sync(exchange);
  expect(await desk.sync(exchange)).toBe(6);
  expect(await train.sync(exchange)).toBe(0);
  expect(await desk.sync(exchange)).toBe(0);

  expect(log).toHaveLength(6);
  expect(await contentOf(desk)).toEqual(await contentOf(train));
});

test('a file that was edited many times between two exchanges leaves no copies on the other device', async () => {
  const { exchange } = openLog();
  const [train, desk] = [await openDevice(), await openDevice()];
  await write(train, 'first');
  await train.sync(exchange);
  await desk.sync(exchange);
  for (const text of ['second', 'third', 'fourth']) await write(train, text);
  await train.sync(exchange);
  await desk.sync(exchange);

  expect(await textOf(desk)).toBe('fourth');
  expect(await desk.labFileCopies()).toEqual([]);
});

test('of two texts written apart both devices choose one and keep the other', async () => {
  const { exchange } = openLog();
  const [train, desk] = [await openDevice(), await openDevice()];
  await write(train, 'common');
  await train.sync(exchange);
  await desk.sync(exchange);
  await write(train, 'of the train');
  await write(desk, 'of the desk');
  await train.sync(exchange);
  await desk.sync(exchange);
  await train.sync(exchange);

  const chosen = await textOf(train);
  const other = chosen === 'of the desk' ? 'of the train' : 'of the desk';
  expect(await textOf(desk)).toBe(chosen);
  for (const device of [train, desk])
    expect(await device.labFileCopies()).toMatchObject([{ text: other, reason: 'sync' }]);
});

test('an answer that was lost is made good by the next exchange', async () => {
  const { exchange, log } = openLog();
  const train = await openDevice();
  await write(train, 'mine');
  const losing: Exchange = async (request) => {
    await exchange(request);
    throw new Error('The network went away.');
  };

  await expect(train.sync(losing)).rejects.toThrow('went away');
  await train.sync(exchange);

  expect(log).toHaveLength(1);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])(
  'whatever happens in whatever order, all devices end alike and no text is lost (seed %i)',
  async (seed) => {
    const random = createRandom(seed, 'sync');
    const { exchange, log } = openLog(1 + Math.floor(random() * 5));
    const devices = [await openDevice(), await openDevice(), await openDevice()];
    const written = new Set<string>();
    const flaky: Exchange = async (request) => {
      const answer = await exchange(request);
      if (random() < 0.3) throw new Error('The network went away.');
      return answer;
    };
    for (let step = 0; step < 60; step += 1) {
      const device = devices[Math.floor(random() * devices.length)]!;
      const choice = random();
      if (choice < 0.3) await device.record({ kind: 'solution-shown', payload: { lab } });
      else if (choice < 0.6) await write(device, `text ${step}`);
      else
        await device.sync(flaky).then(
          async () => written.add((await textOf(device)) ?? 'none'),
          () => {},
        );
    }
    for (let round = 0; round < 3; round += 1)
      for (const device of devices) await device.sync(exchange);

    const [first, ...others] = await Promise.all(devices.map(contentOf));
    for (const other of others) expect(other).toEqual(first);
    const kept = new Set(['none', ...log.map(({ file }) => file?.text)]);
    expect([...written].filter((text) => !kept.has(text))).toEqual([]);
  },
);

test('a device whose clock is days behind does not lose to what it wrote over', async () => {
  const { exchange } = openLog();
  vi.useFakeTimers({ toFake: ['Date'] });
  const [ahead, behind, third] = [await openDevice(3), await openDevice(-3), await openDevice(0)];
  const mark = (kind: 'lesson-read' | 'lesson-unread') =>
    kind === 'lesson-read'
      ? ({ kind, payload: { lesson, how: 'marked' } } as const)
      : ({ kind, payload: { lesson } } as const);
  await write(ahead, 'first');
  await ahead.record(mark('lesson-read'));
  for (const device of [ahead, behind, third]) await device.sync(exchange);
  await write(behind, 'second');
  await behind.record(mark('lesson-unread'));
  for (const device of [behind, third, ahead]) await device.sync(exchange);

  for (const device of [ahead, behind, third]) {
    expect(await textOf(device)).toBe('second');
    expect(await device.labFileCopies()).toEqual([]);
    expect((await device.lessons.lessonStates()).get(lesson)?.read).toBe(false);
  }
});

test('a backlog of many megabytes goes out in pieces that a common proxy takes', async () => {
  const { exchange } = openLog(200);
  const [train, desk] = [await openDevice(), await openDevice()];
  for (let file = 0; file < 24; file += 1)
    await train.saveLabFile(lab, `file-${file}.yaml`, `${file}`.padEnd(200_000, 'x'), null);
  await train.saveLabFile(lab, 'large.yaml', 'y'.repeat(900_000), null);
  const sizes: number[] = [];
  await train.sync((request) => {
    sizes.push(JSON.stringify(request).length);
    return exchange(request);
  });
  await desk.sync(exchange);

  expect(sizes.toSorted((one, other) => other - one)[0]).toBeLessThan(1024 * 1024);
  expect(await desk.labFiles(lab)).toHaveLength(25);
});

test('an entry that is too large for any request holds nothing else up, and is said', async () => {
  const { exchange } = openLog();
  const [train, desk] = [await openDevice(), await openDevice()];
  await train.saveLabFile(lab, 'a.yaml', 'z'.repeat(9 * 1024 * 1024), null);
  await train.saveLabFile(lab, 'b.yaml', 'small', null);

  await expect(train.sync(exchange)).rejects.toMatchObject({ code: 'too-large' });
  await desk.sync(exchange);
  expect(await desk.labFiles(lab)).toMatchObject([{ text: 'small' }]);
});
