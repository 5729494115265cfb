import type { WebContainer } from '@webcontainer/api';
import { expect, test, vi } from 'vitest';
import { readLabFolder } from '#labs/read-lab-folder.ts';
import type { LabStore } from '#labs/lab-store.ts';
import { openNodePlace } from '#pods/node-place.ts';
import { bootFake, type FakeWebContainer } from '#pods/fake-webcontainer.ts';
import type { WorkspaceServices } from '../services.ts';
import { NodeSession } from './node-session.svelte.ts';
import { WorkingFiles } from './working-files.svelte.ts';

const id = 'l35-own-its-dependencies';

/** A lab whose Node is a faithful fake of a WebContainer, over real processes of this machine. */
async function openLab(prepare: (fake: FakeWebContainer) => void = () => {}) {
  const folder = (await readLabFolder(id))!;
  const lab = { id, definition: folder.definition, start: folder.start };
  const store = { write: async () => {}, watch: () => () => {} } as unknown as LabStore;
  const files = new WorkingFiles(id, lab.definition, lab.start, store);
  let fake: FakeWebContainer | null = null;
  const boot = async () => {
    fake = await bootFake({ workdirName: 'lab' });
    prepare(fake);
    return fake as unknown as WebContainer;
  };
  const openNode = (own: typeof lab.start, signal: AbortSignal) =>
    openNodePlace({ files: own, signal, boot });
  const session = new NodeSession(lab, { openNode } as unknown as WorkspaceServices, files);
  return { session, files, findFake: () => fake as FakeWebContainer | null };
}

/** What a command in the lab's folder says, and how it ended. */
async function run(session: NodeSession, line: string): Promise<readonly [string, number]> {
  const shell = await session.place!.openShell({ cols: 200, rows: 50 });
  const writer = shell.input.getWriter();
  await writer.write(`${line}; exit $?\n`);
  let said = '';
  for await (const text of shell.output) said += text;
  return [said, await shell.exit];
}

test('an edit goes into the container and what a program writes there comes back', async () => {
  const { session, files } = await openLab();
  await session.open();
  expect(session.phase).toBe('running');
  files.edit('gate.ts', '// mine\n', 'editor');
  await vi.waitFor(async () => expect((await run(session, 'cat gate.ts'))[0]).toContain('mine'));
  await run(session, "echo '// theirs' > gate.ts");
  await vi.waitFor(() => expect(files.current['gate.ts']).toBe('// theirs\n'));
  session.close();
  expect([session.phase, session.place]).toEqual(['embedded', null]);
});

test('dependencies are installed from the vendored archives, without a registry', async () => {
  const { session } = await openLab();
  await session.open();
  const install = 'npm ci --offline --ignore-scripts --no-audit --no-fund --cache .npm';
  expect(await run(session, install)).toEqual([expect.stringContaining('added 4 packages'), 0]);
  session.close();
});

test('open ports are named, and trouble inside is told while the container stays', async () => {
  const { session, findFake } = await openLab();
  await session.open();
  findFake()?.report(8080, 'open');
  expect(session.ports).toEqual([8080]);
  findFake()?.failInside('the service lost its worker');
  expect(session.refusal).toMatchObject({
    message: expect.stringContaining('lost its worker') as string,
    isExpected: false,
  });
  expect(session.place).not.toBeNull();
  session.close();
});

test('whoever leaves while it is asked for waits for nothing, and nothing is left open', async () => {
  const { session, findFake } = await openLab((fake) => {
    fake.mount = async () => session.cancel();
  });
  expect(await session.open()).toBeNull();
  expect([session.phase, session.refusal]).toEqual(['embedded', null]);
  expect(() => findFake()?.spawn('true')).toThrow('torn down');
});
