import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { judgeCases, type Case } from '../ask-gate.ts';
import { drawPackage, drawPackages, pick } from '../draw.ts';
import { buildProject, idOf, pathOf } from '../tree.ts';

type Extra = Readonly<Record<string, string>>;

const RUNS: Readonly<Record<string, Extra>> = {
  'a preinstall script': { preinstall: 'node prepare.js' },
  'an install script': { install: 'node build.js' },
  'a postinstall script': { postinstall: 'node setup.js' },
  'a binding.gyp and no script': { 'binding.gyp': '{ "targets": [] }' },
};
const HARMLESS: Extra = { test: 'node --test', prepare: 'tsc', prepublishOnly: 'npm test' };

const check: LabCheck = {
  id: 'install-scripts',
  title: 'Nothing runs at install that nobody signed for',
  instruction: '2',
  points: 2,
  hint: 'Which scripts does npm run for a dependency that comes as an archive, and what does it run without any script? The archive is the source, not the lock.',
  async run(context) {
    const cases = await drawCases(context);
    return {
      ...(await judgeCases(context, cases)),
      bar: `all ${cases.length}: what runs at install is refused unless this very version is signed for`,
      why: 'An install script runs with the rights of the build server before anybody has read a line of it.',
    };
  },
};

export default check;

async function drawCases({ random }: LabCheckContext): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [about, extra] of Object.entries(RUNS)) {
    const victim = drawPackage(random, extra);
    // The flag is written by whoever wrote the lock: here it says nothing.
    cases.push({
      about,
      project: await buildProject('shop', [...drawPackages(random, 2), victim]),
      faults: [idOf(victim)],
    });
  }
  for (const isSigned of [true, false]) {
    const victim = drawPackage(random, pick(random, Object.values(RUNS)));
    const project = await buildProject('shop', [victim, ...drawPackages(random, 2)]);
    const [major] = victim.version.split('.');
    project.policy.scripts.push(isSigned ? idOf(victim) : `${victim.name}@${major}.99.0`);
    const about = isSigned ? 'a script that is signed for' : 'another version is signed for';
    cases.push({ about, project, faults: isSigned ? [] : [idOf(victim)] });
  }
  const calm = drawPackage(random, HARMLESS);
  const project = await buildProject('shop', [calm, ...drawPackages(random, 2)]);
  const entry = project.lock.packages[pathOf(calm)];
  if (entry) project.lock.packages[pathOf(calm)] = { ...entry, hasInstallScript: false };
  cases.push({ about: 'scripts that npm does not run at install', project, faults: [] });
  return cases;
}
