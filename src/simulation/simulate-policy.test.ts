import { describe, expect, test } from 'vitest';
import { attachLineMap } from '#pods/line-map.ts';
// oxlint-disable-next-line import/default -- the query makes it a text
import runtime from './sandboxed/main.ts?sandboxed-text';
import type { ScenarioInput } from './scenario.ts';
import { simulate } from './simulate.ts';
import { simulatePolicy } from './simulate-policy.ts';
import { openPolicyWorkers } from './testing/policy-workers.ts';
import { queueScenario } from './testing/scenarios.ts';

const never = new AbortController().signal;
const four = queueScenario({ rho: 0.7, replicas: 4, requests: 5_000 });
const LEAST = `export const pick = (endpoints) =>
  endpoints.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));`;

const run = (code: string, scenario: ScenarioInput = four, silenceMs = 5_000) =>
  simulatePolicy(scenario, {
    code,
    runtime,
    workers: openPolicyWorkers(),
    signal: never,
    silenceMs,
  });

describe('a policy', () => {
  test('decides where requests go, and the same run again gives the same report, byte by byte', async () => {
    const [one, again] = [await run(LEAST), await run(LEAST)];
    const turns = simulate(four);
    expect(one.report.partial).toBe(false);
    expect(one.report.outcomes.ok).toBe(5_000);
    expect(one.report.latency?.p99).toBeLessThan(turns.latency?.p99 ?? 0);
    expect(JSON.stringify(again.report)).toBe(JSON.stringify(one.report));
  });

  test('that names endpoints in turn is round robin, to the byte', async () => {
    const { report } = await run(
      `let turn = 0; export const pick = (endpoints) => endpoints[turn++ % endpoints.length].name;`,
    );
    expect(report).toEqual(simulate(four));
  });

  test('that exports nothing leaves the routing to the manifest', async () => {
    expect((await run('export {};')).report).toEqual(simulate(four));
  });

  test('may turn requests away', async () => {
    const { report } = await run('let n = 0; export const admit = () => n++ % 2 === 0;');
    expect(report.outcomes).toMatchObject({ ok: 2_500, rejected: 2_500 });
    expect(report.partial).toBe(false);
  });

  test('has chance and time of the run: equal seeds give equal choices', async () => {
    const code = `export const pick = (endpoints, { now }) => {
      if (Date.now() !== now || performance.now() !== now || +new Date() !== Math.trunc(now))
        throw new Error('another time');
      return endpoints[Math.floor(Math.random() * endpoints.length)];
    };`;
    const [one, again] = [await run(code), await run(code)];
    expect(one.report.stoppedBy).toBeNull();
    expect(again.report).toEqual(one.report);
  });

  test('may print', async () => {
    const { log } = await run(`console.log('hello', { a: 1 }); ${LEAST}`);
    expect(log).toEqual(['hello {"a":1}']);
  });
});

describe('a policy that fails ends the run, and what was seen until then is kept', () => {
  const after = (count: number, then: string) =>
    `let n = 0; export const pick = (endpoints) => { if (++n > ${count}) { ${then} } return endpoints[0]; };`;

  test('by an exception', async () => {
    const { report } = await run(after(1000, 'throw new TypeError("no such pod")'));
    expect(report.stoppedBy).toMatch(/^pick at \d+\.\d{3} s threw TypeError: no such pod$/);
    expect(report.partial).toBe(true);
    expect(report.outcomes.ok).toBeGreaterThan(100);
  });

  test('by an exception whose place in the files of the learner is known', async () => {
    const code = `function third() {\n  return null;\n}\nexport function pick() {\n  return third().name;\n}`;
    const at = (line: number): [number, number] => [0, line];
    const lines = [at(11), at(12), at(13), at(14), at(20), at(21)];
    const { report } = await run(attachLineMap(code, { files: ['route.ts'], lines }));
    expect(report.stoppedBy).toMatch(/^pick at \d+\.\d{3} s threw TypeError: .* \(route\.ts:20\)$/);
    const whileLoading = attachLineMap('\nthrow new Error("no table");', {
      files: ['table.ts'],
      lines: [null, at(7)],
    });
    expect((await run(whileLoading)).report.stoppedBy).toBe(
      'The policy could not be loaded: Error: no table (table.ts:7)',
    );
  });

  test('by a pod that is gone', async () => {
    const { report } = await run(
      'let first; export const pick = (endpoints) => (first ??= endpoints[1]);',
      { ...four, faults: [{ kind: 'kill', atMs: 2_000, pod: 1 }] },
    );
    expect(report.stoppedBy).toMatch(
      /^pick returned the pod triage-1 at 2\.\d+ s, which is none of the 4 ready endpoints\. Return one of the endpoints it was given\.$/,
    );
  });

  test('by a loop', async () => {
    const { report } = await run(after(3000, 'for (;;);'), four, 300);
    expect(report.stoppedBy).toBe('The policy made no decision for 0.3 s of real time.');
    expect(report.outcomes.ok).toBeGreaterThan(500);
  });

  test('by not loading', async () => {
    const { report } = await run('export const pick = ;');
    expect(report.stoppedBy).toMatch(/^The policy could not be loaded: SyntaxError/);
    expect(report.latency).toBeNull();
  });
});

describe('hostile code', () => {
  const attempts: Record<string, string> = {
    'a prototype that the engine uses': 'Array.prototype.push = () => 0;',
    'a built-in function': 'Math.log1p = () => 0;',
    'a global': 'globalThis.Math = { log1p: () => 0, min: () => 0 };',
    'a global, by definition': 'Object.defineProperty(globalThis, "Array", { value: null });',
    'the clock of the worker': 'if (!("setTimeout" in globalThis)) throw new Error("absent");',
    'messages to the platform':
      'if (!("postMessage" in globalThis || "MessagePort" in globalThis || "onmessage" in globalThis)) throw new Error("absent");',
    'the real time':
      'const real = new Date(0).constructor.now(); if (real < 1e12) throw new Error("virtual");',
    "another's code through the stack": 'Error.prepareStackTrace = (_, sites) => sites;',
    iteration: 'Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true });',
    'the prototype of all functions': 'Function.prototype.call = () => 0;',
  };

  test.each(Object.entries(attempts))('cannot get at %s', async (_, code) => {
    const { report } = await run(`${code}\n${LEAST}`);
    expect(report.stoppedBy).toMatch(
      /^The policy could not be loaded: (TypeError|Error: (absent|virtual))/,
    );
  });

  test('may do what programs do: own errors, classes, names', async () => {
    const { report } = await run(`
      class Broken extends Error { constructor() { super('x'); this.name = 'Broken'; } }
      const table = {}; table.toString = () => 'mine'; table.constructor = null;
      if (new Broken().name !== 'Broken' || String(table) !== 'mine') throw new Error('odd');
      ${LEAST}`);
    expect(report.stoppedBy).toBeNull();
  });

  const liar = (lie: string) =>
    simulatePolicy(four, {
      code: '',
      runtime: `export default (port) => { ${lie} };`,
      workers: openPolicyWorkers(),
      signal: never,
      silenceMs: 2_000,
    });
  const chunk = (events: string, more: string) =>
    `port.postMessage({ t: 'ready', hasAdmission: false });
     port.postMessage({ t: 'chunk', events: ${events}, decisions: new Float64Array(${more}), message: null, isOver: true });`;

  test.each([
    ['an end before the end', chunk('10', '3')],
    ['decisions that nobody asked for', chunk('2', '5000')],
    ['a run that begins again', `for (let i = 0; i < 3; i++) { ${chunk('9', '9')} }`],
    ['a report of its own', "port.postMessage({ t: 'report', p99: 1 });"],
    ['a flood', "for (let i = 0; i < 1e4; i++) port.postMessage({ t: 'log', text: 'x' });"],
  ])('that takes over the whole worker cannot state a result: %s', async (_, lie) => {
    const { report } = await liar(lie);
    expect(report.partial).toBe(true);
    expect(report.stoppedBy).toMatch(/do not fit the run|what is no message/);
  });

  test('that writes into what it is given changes nothing', async () => {
    const { report } = await run(`export const pick = (endpoints, request) => {
      const chosen = endpoints.reduce((best, one) => (one.inFlight < best.inFlight ? one : best));
      endpoints.length = 0; chosen.inFlight = 99; request.now = 0; Object.freeze(chosen);
      return chosen;
    };`);
    expect(report).toEqual((await run(LEAST)).report);
  });
});
