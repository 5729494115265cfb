import { expect, test } from 'vitest';
import { listLabIds, loadChecks, loadLab, loadSettings, loadSolution } from './catalogue.ts';
import { checkSettings } from './read-settings.ts';

test('lists the labs by id', () => {
  expect(listLabIds()).toContain('l06-first-service');
});

test('a lab has its definition and the files it starts with', async () => {
  const lab = await loadLab('l06-first-service');
  expect(lab.definition.title).toBe('First Service');
  expect(Object.keys(lab.start).toSorted()).toEqual([
    'deployment.yaml',
    'server.ts',
    'service.yaml',
  ]);
  expect(lab.start['deployment.yaml']).toContain('kind: Deployment');
});

test('a solution is the whole set of files, with only the editable ones changed', async () => {
  const [{ definition, start }, solution] = await Promise.all([
    loadLab('l06-first-service'),
    loadSolution('l06-first-service'),
  ]);
  const changed = Object.keys(solution).filter((path) => solution[path] !== start[path]);
  expect(changed.toSorted()).toEqual(definition.editable.toSorted());
});

test('the checks come in the order of lab.json, after the deployment, each under its own id', async () => {
  const [{ definition }, checks] = await Promise.all([
    loadLab('l06-first-service'),
    loadChecks('l06-first-service'),
  ]);
  expect(checks.map(({ id }) => id)).toEqual(['deploys', ...definition.checks]);
});

test('a lab that does not exist is refused by name', async () => {
  await expect(loadLab('l99')).rejects.toThrow('There is no lab "l99".');
});

test('every settings file of every lab has a schema, and the solution fits it', async () => {
  for (const id of listLabIds()) {
    const [{ definition }, settings] = await Promise.all([loadLab(id), loadSettings(id)]);
    expect(Object.keys(settings).toSorted(), id).toEqual(definition.settings.toSorted());
    expect(checkSettings(await loadSolution(id), settings)).toEqual([]);
  }
});
