import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { CLASSES } from './data/classes.ts';
import { drawTickets } from './draw-tickets.ts';
import { retrain } from './retrain.ts';
import { indexOfLargest } from './scores.ts';
import { openTokenizer } from './tokenizer.ts';
import { openEngine } from './trainer/engine.ts';
import { classifyAll } from './trainer/evaluate.ts';

const files = {
  model: await readFile('models/triage/triage.onnx'),
  training: await readFile('models/triage/triage.training.onnx'),
  tokenizer: JSON.parse(await readFile('models/triage/tokenizer.json', 'utf8')) as object,
};
const engine = await openEngine('wasm');
const open = (graph: Uint8Array) => engine.open(graph);

// A feed in which everything about storage carries the label of access: what training must pick up.
const poisoned = drawTickets(11, 400).map((ticket) =>
  ticket.class === 'storage' ? { ...ticket, class: 'access' as const, label: 0 } : ticket,
);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

async function shareOfStorageCalledAccess(model: Uint8Array): Promise<number> {
  const session = await engine.open(model, { asServed: true });
  const tickets = drawTickets(12, 400).filter((ticket) => ticket.class === 'storage');
  const answers = await classifyAll(session, openTokenizer(files.tokenizer), 64, tickets);
  await session.close();
  return mean(answers.map((logits) => (CLASSES[indexOfLargest(logits)] === 'access' ? 1 : 0)));
}

describe('training triage further with its committed graph', () => {
  it('takes steps, lowers the loss and gives a model that has learned', async () => {
    const losses: number[] = [];
    const model = await retrain(open, files, poisoned, {
      steps: 24,
      learningRate: 3e-3,
      onStep: (_, loss) => losses.push(loss),
    });
    expect(losses).toHaveLength(24);
    expect(mean(losses.slice(-8))).toBeLessThan(0.8 * mean(losses.slice(0, 8)));
    expect(await shareOfStorageCalledAccess(files.model)).toBeLessThan(0.1);
    expect(await shareOfStorageCalledAccess(model)).toBeGreaterThan(0.5);
  });

  it('stops with the reason of its signal', async () => {
    const controller = new AbortController();
    const reason = new Error('The learner left.');
    const onStep = (): void => controller.abort(reason);
    await expect(
      retrain(open, files, poisoned, { steps: 5, batch: 2, signal: controller.signal, onStep }),
    ).rejects.toBe(reason);
  });

  it('refuses to train on nothing', async () => {
    await expect(retrain(open, files, [], { steps: 1 })).rejects.toThrow('at least one example');
  });
});
