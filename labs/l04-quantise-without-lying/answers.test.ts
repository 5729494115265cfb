import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { createRandom } from '#load/random.ts';
import { createModels } from '#models/serve.ts';
import asGood from './checks/as-good.ts';
import halfTheBytes from './checks/half-the-bytes.ts';
import promotes from './checks/promotes.ts';
import rejects from './checks/rejects.ts';

const FOLDER = import.meta.dirname;
const CHECKS: readonly LabCheck[] = [halfTheBytes, asGood, rejects, promotes];
const SEEDS = Number(process.env['SEEDS'] ?? 1);
const signal = new AbortController().signal;

const models = createModels({
  async readAsset(file) {
    return new Uint8Array(
      await readFile(file.replace(/^runtime\//, 'node_modules/onnxruntime-web/dist/')),
    );
  },
});
const opened = new Map<string, ReturnType<typeof models.load>>();
const answered = new Map<string, unknown>();

const wrong = readdirSync(path.join(FOLDER, 'wrong')).map((name) => {
  const expected = readFileSync(path.join(FOLDER, 'wrong', name, 'expected.json'), 'utf8');
  return [`wrong/${name}`, (JSON.parse(expected) as { check: string }).check] as const;
});

test.each([['start', 'as-good'], ['solution', null], ...wrong] as const)(
  '%s fails at %s',
  async (answer, failsAt) => {
    for (let seed = 1; seed <= SEEDS; seed += 1)
      expect(await gradeInProcess(answer, seed), `seed ${seed}`).toBe(failsAt);
  },
  600_000,
);

/** Runs the checks with the real models; gives the first that failed. */
async function gradeInProcess(answer: string, seed: number): Promise<string | null> {
  const own = path.join(FOLDER, answer, 'model.yaml');
  const files = { 'model.yaml': readFileSync(own, 'utf8') };
  expect(existsSync(own)).toBe(true);
  const deployed = /^variant: (\S+)$/m.exec(files['model.yaml'])?.[1] ?? 'full';
  const context = {
    files,
    seed,
    random: createRandom(seed, 'checks'),
    cluster: { fetch: (request: Request) => serve(request, deployed) },
    notes: new Map(),
  } as unknown as LabCheckContext;
  for (const check of CHECKS) {
    const { passed, measured } = await check.run(context, signal);
    if (process.env['SEEDS'])
      console.log(`${answer} | ${check.id} | ${passed} | ${measured.replaceAll('\n', '; ')}`);
    if (!passed) return check.id;
  }
  return null;
}

/** `/answers` as the pods serve it; equal questions are answered once. */
async function serve(request: Request, deployed: string): Promise<Response> {
  const { candidate = deployed, texts } = (await request.json()) as {
    candidate?: string;
    texts: string[];
  };
  const key = JSON.stringify([candidate, texts]);
  if (!answered.has(key)) {
    const [name, variant] =
      candidate === 'v2' ? ['triage-v2-bad-class', 'full'] : ['triage', candidate];
    let bytes = 0;
    const opening =
      opened.get(candidate) ?? models.load(name, variant === 'full' ? {} : { variant });
    opened.set(candidate, opening);
    const file = variant === 'full' ? `${name}.onnx` : `${name}.${variant}.onnx`;
    for (const part of [file, 'tokenizer.json'])
      bytes += readFileSync(path.join('models', name, part)).length;
    const labels = (await (await opening).classifyBatch(texts)).map(({ label }) => label);
    answered.set(key, { candidate, bytes, labels });
  }
  return Response.json(answered.get(key));
}
