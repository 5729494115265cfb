import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import * as z from 'zod';
import { post } from '../ask-gate.ts';
import { checkInventory, bomSchema } from '../inventory.ts';
import { drawPackages, drawVersion, filesOf } from '../draw.ts';
import { buildProject, pathOf, type Draft, type Package } from '../tree.ts';

const PROJECTS = 3;

const check: LabCheck = {
  id: 'sbom',
  title: 'The inventory is what the lock installs',
  instruction: '4',
  points: 2,
  hint: 'One component for each path in the lock. Count them, then follow one dependency from its component to the one that Node would resolve.',
  async run(context) {
    const complaints: string[] = [];
    for (let at = 0; at < PROJECTS; at += 1) {
      const project = await drawProject(context.random);
      const answer = await post(context, '/sbom', project);
      if (typeof answer === 'string') complaints.push(answer);
      else complaints.push(...inspect(answer.json, project));
    }
    return {
      passed: complaints.length === 0,
      measured:
        complaints.slice(0, 4).join('\n') || `${PROJECTS} inventories agree with their locks`,
      bar: 'CycloneDX 1.6; every installed package once with purl, SHA-512 and what it depends on, and nothing else',
      why: 'On the day of the next advisory the question is which images contain it. This file is the answer.',
    };
  },
};

export default check;

function inspect(json: unknown, project: Draft): readonly string[] {
  const bom = bomSchema.safeParse(json);
  return bom.success ? checkInventory(bom.data, project) : [z.prettifyError(bom.error)];
}

/** A tree in which one package is there twice, in two versions. */
async function drawProject(random: LabCheckContext['random']): Promise<Draft> {
  const [shared, parent, ...rest] = drawPackages(random, 5) as [Package, Package, ...Package[]];
  const version = `${Number(shared.version.split('.')[0]) + 1}.${drawVersion(random)}`
    .split('.')
    .slice(0, 3)
    .join('.');
  const older = { name: shared.name, version };
  const nested: Package = {
    ...older,
    files: filesOf(older, 'export default (text) => text;'),
    under: pathOf(parent),
  };
  const user: Package = { ...parent, dependencies: { [shared.name]: version } };
  const other = rest[0] as Package;
  const uses: Package = { ...other, dependencies: { [shared.name]: shared.version } };
  return buildProject('shop', [shared, user, uses, ...rest.slice(1), nested]);
}
