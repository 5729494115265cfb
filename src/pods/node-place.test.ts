import type { WebContainer } from '@webcontainer/api';
import { expect, test, vi } from 'vitest';
import { openNodePlace } from './node-place.ts';
import { NodeUnavailable } from './node-unavailable.ts';
import { bootFake, type FakeWebContainer } from './fake-webcontainer.ts';

const files = { 'server.ts': 'export default {};', 'vendor/a-1.0.0.tgz.b64': btoa('bytes') };
const { signal } = new AbortController();

/** The class has private members, so only the package's own is of its type. */
const boot = (found?: (fake: FakeWebContainer) => void) => async (): Promise<WebContainer> => {
  const fake = await bootFake({ workdirName: 'lab' });
  found?.(fake);
  return fake as unknown as WebContainer;
};

const refusal = (opening: Promise<unknown>): Promise<unknown> =>
  opening.then(
    () => 'opened',
    (error: unknown) => error,
  );

test('the shell sees the files, archives as bytes, and what it writes comes back once', async () => {
  const place = await openNodePlace({ files, signal, boot: boot() });
  const changes: string[][] = [];
  const unwatch = place.watch((file, text) => changes.push([file, text]));
  await place.write('server.ts', 'export default 1;');
  const shell = await place.openShell({ cols: 80, rows: 24 });
  const writer = shell.input.getWriter();
  await writer.write('cat server.ts vendor/a-1.0.0.tgz; echo; echo new > server.ts; exit 3\n');
  let shown = '';
  for await (const text of shell.output) shown += text;
  expect(shown).toContain('export default 1;bytes');
  expect(await shell.exit).toBe(3);
  await vi.waitFor(() => expect(changes.at(-1)).toEqual(['server.ts', 'new\n']));
  expect(changes.map(([, text]) => text)).not.toContain('export default 1;');
  unwatch();
  place.close();
});

test('a tab has one container, and has it again after the lab is closed', async () => {
  const place = await openNodePlace({ files, signal, boot: boot() });
  const second = await refusal(openNodePlace({ files, signal, boot: boot() }));
  expect(second).toMatchObject({ name: 'NodeUnavailable', reason: 'in-use' });
  place.close();
  const again = await openNodePlace({ files, signal, boot: boot() });
  again.close();
});

test('a container that is not filled, or not wanted any more, is given back', async () => {
  const full = boot((fake) => {
    fake.mount = () => Promise.reject(new Error('no space left'));
  });
  await expect(openNodePlace({ files, signal, boot: full })).rejects.toThrow('no space left');
  const leaving = new AbortController();
  const left = boot((fake) => {
    fake.mount = async () => leaving.abort();
  });
  const opening = openNodePlace({ files, signal: leaving.signal, boot: left });
  await expect(opening).rejects.toThrow('aborted');
  const place = await openNodePlace({ files, signal, boot: boot() });
  place.close();
});

test('ports that open and close, and what the service says of itself, are told', async () => {
  let fake: FakeWebContainer | null = null;
  const place = await openNodePlace({ files, signal, boot: boot((one) => (fake = one)) });
  const ports: (readonly number[])[] = [];
  const failures: string[] = [];
  place.watchPorts((open) => ports.push(open));
  place.watchFailures((message) => failures.push(message));
  const opened = fake as FakeWebContainer | null;
  opened?.report(8080, 'open');
  opened?.report(3000, 'open');
  opened?.report(8080, 'close');
  opened?.failInside('out of memory');
  expect(ports).toEqual([[8080], [3000, 8080], [3000]]);
  expect(failures).toEqual(['out of memory']);
  place.close();
});

test('closing ends every process', async () => {
  let fake: FakeWebContainer | null = null;
  const place = await openNodePlace({ files, signal, boot: boot((one) => (fake = one)) });
  await place.openShell({ cols: 80, rows: 24 });
  const opened = fake as FakeWebContainer | null;
  expect(opened?.running).toBe(1);
  place.close();
  await vi.waitFor(() => expect(opened?.running).toBe(0));
});

test('a refusal is told with its cause and what to allow', async () => {
  const blocked = () => Promise.reject(new Error('Third-party storage is blocked'));
  const error = await refusal(openNodePlace({ files, signal, boot: blocked }));
  expect(error).toMatchInlineSnapshot(
    `[NodeUnavailable: The browser or the service refused WebContainer: Third-party storage is blocked.]`,
  );
  expect((error as NodeUnavailable).repair).toContain('third-party cookies');
});

test('a page that is not isolated is told before anything is fetched', async () => {
  expect(await refusal(openNodePlace({ files, signal }))).toMatchObject({ reason: 'not-isolated' });
});

test('a boot that never settles is given up, and the next attempt does not wait behind it', async () => {
  const booting = vi.fn(() => new Promise<WebContainer>(() => {}));
  const first = await refusal(openNodePlace({ files, signal, boot: booting, limitMs: 50 }));
  expect(first).toMatchObject({ reason: 'no-answer', repair: expect.stringContaining('Reload') });
  const second = await refusal(openNodePlace({ files, signal, boot: booting }));
  expect(second).toMatchObject({ reason: 'no-answer' });
  expect(booting).toHaveBeenCalledTimes(1);
});
