import { beforeEach, expect, test } from 'vitest';
import { createRandom } from '#load/random.ts';
import { openTestTab, startWithEmptyBrowser } from '../store/open-test-tab.ts';
import type { Exchange, ExchangeAnswer, ExchangeRequest } from './exchange.ts';

const lesson = 'production-is-different/model-server';
const lab = 'l06-first-service';
const path = 'deployment.yaml';
const signal = new AbortController().signal;

type Device = Awaited<ReturnType<typeof openDevice>>;

beforeEach(startWithEmptyBrowser);

/** A browser of its own, with everything of progress loaded afresh. */
async function openDevice() {
  startWithEmptyBrowser();
  const tab = await openTestTab();
  const { syncProgress } = await import('./sync-progress.ts');
  return { ...tab, sync: (exchange: Exchange) => syncProgress(exchange, signal) };
}

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

async function textOf(device: Device): Promise<string | null> {
  return (await device.labFiles(lab))[0]?.text ?? null;
}

async function write(device: Device, text: string | null): Promise<void> {
  const [file] = await device.labFiles(lab);
  await device.saveLabFile(lab, path, text, file?.revision ?? null);
}

async function contentOf(device: Device): Promise<unknown> {
  const { events } = JSON.parse(await device.exportAll()) as { events: { id: string }[] };
  return { events: events.map(({ id }) => id).toSorted(), text: await textOf(device) };
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
