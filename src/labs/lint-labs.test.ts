import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { formatProblem } from '#platform/problem.ts';
import { lintLabs } from './lint-labs.ts';

let root = '';
beforeEach(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'labs-'));
  await cp('labs/l06-first-service', path.join(root, 'labs/l06'), { recursive: true });
  await mkdir(path.join(root, 'models/triage'), { recursive: true });
  await writeFile(path.join(root, 'models/triage/manifest.json'), '{}');
});
afterEach(() => rm(root, { recursive: true }));

const lint = async () =>
  (await lintLabs(path.join(root, 'labs'))).map((problem) =>
    formatProblem(problem).replaceAll(`${root}/`, ''),
  );

async function edit(file: string, change: (text: string) => string): Promise<void> {
  const place = path.join(root, 'labs/l06', file);
  await writeFile(place, change(await readFile(place, 'utf8')));
}

test('the labs of this repository are well formed', async () => {
  expect((await lintLabs('labs')).map(formatProblem)).toEqual([]);
});

test('every problem of lab.json comes with its line and field', async () => {
  await edit('lab.json', (text) =>
    text.replace('"minutes": 20', '"minutes": "20"').replace('"difficulty": 1', '"difficult": 1'),
  );
  expect(await lint()).toMatchInlineSnapshot(`
    [
      "labs/l06/lab.json:1 difficulty: The field is missing. Repair: Add a number; docs/authoring-labs.md lists every field.",
      "labs/l06/lab.json:9 minutes: Invalid input: expected number, received string. Repair: Correct the value; docs/authoring-labs.md lists every field.",
      "labs/l06/lab.json:1: There is no field "difficult". Repair: Rename it or take it out; docs/authoring-labs.md lists every field.",
    ]
  `);
});

test('text that is not JSON is told with its line', async () => {
  await edit('lab.json', (text) => text.replace('"version": 1,', '"version": 1'));
  expect(await lint()).toMatchInlineSnapshot(`
    [
      "labs/l06/lab.json:6: This is not JSON: Expected ',' or '}' after property value in JSON at position 247 (line 6 column 3). Repair: Write double quotes, a comma between items and none after the last one, no comments.",
    ]
  `);
});

test('names that lead nowhere are found, each with its repair', async () => {
  await edit('lab.json', (text) =>
    text
      .replace('"balanced"', '"balance"')
      .replace('"models": ["triage"]', '"models": ["triag"]')
      .replace('"server.ts" }', '"serve.ts" }'),
  );
  expect(await lint()).toMatchInlineSnapshot(`
    [
      "labs/l06/lab.json images: It names start/serve.ts, which is not in the lab's folder. Repair: Add labs/l06/start/serve.ts or take the name out of images.",
      "labs/l06/lab.json checks: It names checks/balance.ts, which is not in the lab's folder. Repair: Add labs/l06/checks/balance.ts or take the name out of checks.",
      "labs/l06/lab.json models: There is no models/triag/manifest.json. Repair: Name a model of the folder models/, or train it first.",
      "labs/l06/wrong/one-pod/expected.json check: The lab has no check "balanced". Repair: Name one of: deploys, reachable, all-2xx, balance, no-early-traffic.",
      "labs/l06/wrong/three-pods/expected.json check: The lab has no check "balanced". Repair: Name one of: deploys, reachable, all-2xx, balance, no-early-traffic.",
    ]
  `);
});

test('a host that a lab cannot have is named with what to write instead', async () => {
  const hosts = async (text: string) => {
    await edit('lab.json', (all) => all.replace(/"hosts": .*/, `"hosts": ${text},`));
    return (await lint()).map((line) => line.replace('labs/l06/', ''));
  };
  expect(await hosts('["bun", "worker"]')).toMatchInlineSnapshot(`
    [
      "lab.json:7 hosts.0: There is no host "bun"; a lab runs on "worker", or on "webcontainer" and "worker". Repair: Correct the value; docs/authoring-labs.md lists every field.",
    ]
  `);
  expect(await hosts('["webcontainer"]')).toMatchInlineSnapshot(`
    [
      "lab.json:7 hosts: The last host must be "worker" and none may come twice: WebContainer is off by default and needs a network, so a lab must be solvable without it. Write ["worker"] or ["webcontainer", "worker"]. Repair: Correct the value; docs/authoring-labs.md lists every field.",
    ]
  `);
});

test('a wrong answer must say which check it fails at', async () => {
  await rm(path.join(root, 'labs/l06/wrong/one-pod/expected.json'));
  await edit('wrong/three-pods/expected.json', (text) => text.replace('balanced', 'cost'));
  await rm(path.join(root, 'labs/l06/brief.mdx'));
  expect(await lint()).toMatchInlineSnapshot(`
    [
      "labs/l06/brief.mdx: The lab has no brief.mdx. Repair: Add the brief; docs/authoring-labs.md says what belongs there.",
      "labs/l06/wrong/one-pod/expected.json: Nothing says at which check this wrong answer must fail. Repair: Write {"check": "<check id>", "why": "<what is wrong with it>"}.",
      "labs/l06/wrong/three-pods/expected.json check: The lab has no check "cost". Repair: Name one of: deploys, reachable, all-2xx, balanced, no-early-traffic.",
    ]
  `);
});
