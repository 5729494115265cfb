import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { waitForService } from '../ready.ts';
import { judgeCases, type Case } from '../ask-gate.ts';
import { drawPackages, pick } from '../draw.ts';
import { archiveOf, buildProject, idOf, pack, pathOf, type Draft, type Package } from '../tree.ts';
import type { LockEntry } from '../start/archive.ts';

type Fault = (draft: Draft, victim: Package, others: readonly Package[]) => Promise<string | void>;

const faults: Readonly<Record<string, Fault>> = {
  'an archive was changed after it was locked': async (draft, victim) => {
    const changed = {
      ...victim.files,
      'index.js': `${victim.files['index.js']}\n// nothing to see`,
    };
    draft.archives[archiveOf(victim)] = (await pack(changed)).base64;
  },
  'an archive is missing': async (draft, victim) => {
    delete draft.archives[archiveOf(victim)];
  },
  'the lock has no integrity for one': async (draft, victim) => {
    const { integrity: _, ...entry } = entryOf(draft, victim);
    draft.lock.packages[pathOf(victim)] = entry;
  },
  'the lock has a SHA-1': async (draft, victim) => {
    change(draft, victim, { integrity: `sha1-${btoa('x'.repeat(20))}` });
  },
  'one is fetched from a registry': async (draft, victim) => {
    const file = `${victim.name.split('/').at(-1)}-${victim.version}.tgz`;
    delete draft.archives[archiveOf(victim)];
    change(draft, victim, { resolved: `https://registry.npmjs.org/${victim.name}/-/${file}` });
  },
  'one archive holds another package': async (draft, victim, [other]) => {
    const { base64, integrity } = await pack(other?.files ?? {});
    draft.archives[archiveOf(victim)] = base64;
    change(draft, victim, { integrity });
  },
  'an archive that no entry names': async (draft, victim) => {
    const { [pathOf(victim)]: _, ...rest } = draft.lock.packages;
    for (const path of Object.keys(draft.lock.packages)) delete draft.lock.packages[path];
    Object.assign(draft.lock.packages, rest);
    return archiveOf(victim);
  },
};

const check: LabCheck = {
  id: 'accounted-for',
  title: 'Every archive is the one that was locked',
  instruction: '1',
  points: 3,
  hint: 'An integrity in a lock is a promise about bytes. Which bytes has your gate hashed, and which archives and entries has it not looked at?',
  async run(context, signal) {
    await waitForService(context, signal);
    const judged = await judgeCases(context, await drawCases(context));
    return {
      ...judged,
      bar: `all of them: ${Object.keys(faults).length} with a fault each, 3 in order`,
      why: 'A lock file protects nobody as long as nothing compares it with what is installed.',
    };
  },
};

export default check;

async function drawCases({ random }: LabCheckContext): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [about, spoil] of Object.entries(faults)) {
    const packages = drawPackages(random, 4);
    const victim = pick(random, packages);
    const project = await buildProject('shop', packages);
    const others = packages.filter((one) => one !== victim);
    cases.push({
      about,
      project,
      faults: [(await spoil(project, victim, others)) ?? idOf(victim)],
    });
  }
  for (const about of ['a project in order', 'another in order', 'a third in order'])
    cases.push({ about, project: await buildProject('shop', drawPackages(random, 4)), faults: [] });
  return cases;
}

function entryOf(draft: Draft, victim: Package): LockEntry {
  return draft.lock.packages[pathOf(victim)] ?? { version: victim.version };
}

function change(draft: Draft, victim: Package, entry: Partial<LockEntry>): void {
  draft.lock.packages[pathOf(victim)] = { ...entryOf(draft, victim), ...entry };
}
