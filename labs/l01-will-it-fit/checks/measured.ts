import * as z from 'zod';
import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { isNear, openAttempt, showBytes, TOLERANCE } from '../request.ts';
import { nodes } from '../start/nodes.ts';
import { size, type VendorSheet } from '../start/size.ts';
import vendor from '../start/vendor.json';

const READY_MS = 40_000;
const holdingSchema = z.object({
  weights: z.number().positive(),
  kv: z.number().positive(),
  prompt_tokens: z.int(),
  output_tokens: z.int(),
});

const check: LabCheck = {
  id: 'measured',
  title: 'The formulas say what a real model holds',
  instruction: '1',
  points: 3,
  hint: 'curl http://sizing/measure prints both. By which factor is yours off: bits and bytes, keys and values, prompt and answer?',
  async run(context, signal) {
    const { sizing } = openAttempt(context);
    const concurrency = 3 + Math.floor(context.random() * 10);
    const tokens = 16 * (6 + Math.floor(context.random() * 5));
    const found = await measure(context, { concurrency, tokens }, signal);
    const { prompt_tokens, output_tokens } = found;
    const sheet = {
      ...(vendor[0] as VendorSheet),
      asked: { concurrency, prompt_tokens, output_tokens },
    };
    const said = size(sizing, sheet, nodes);
    return {
      passed: isNear(said.weights, found.weights) && isNear(said.kv, found.kv),
      measured: `oncall-lm with ${concurrency} texts of ${tokens} tokens holds ${found.weights.toLocaleString('en-GB')} bytes of weights and ${found.kv.toLocaleString('en-GB')} of keys and values.\nYours: weights ${showBytes(said.weights, found.weights)}, keys and values ${showBytes(said.kv, found.kv)}`,
      bar: `both within ${TOLERANCE * 100} % of what was measured`,
      why: 'A formula that was never held against a running process is a guess with decimals.',
    };
  },
};

export default check;

async function measure(
  { cluster }: LabCheckContext,
  asked: { readonly concurrency: number; readonly tokens: number },
  signal: AbortSignal,
): Promise<z.output<typeof holdingSchema>> {
  const startedAt = performance.now();
  for (;;) {
    const response = await cluster.fetch(
      new Request('http://sizing/measure', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(asked),
        signal,
      }),
    );
    const text = await response.text();
    if (response.ok) return holdingSchema.parse(JSON.parse(text));
    // Nothing that the learner can change runs in this pod.
    if (performance.now() - startedAt > READY_MS)
      throw new Error(`The model was not ready within ${READY_MS / 1000} s: ${text}`);
    await pause(100, signal);
  }
}
