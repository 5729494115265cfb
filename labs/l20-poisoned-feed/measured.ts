import type { LabCheckContext } from '#labs/check-context.ts';
import { readSettings } from '#labs/read-settings.ts';
import { trainTexts } from '#training/train-texts.ts';
import { measureGate, type Measured, type Train } from './measure.ts';
import { gateSchema } from './settings.ts';

type Context = Pick<LabCheckContext, 'files' | 'seed' | 'notes'>;

/** The feed of this attempt through the learner's gate, and the model that comes of it: once for all checks. */
export async function measureOnce(context: Context, signal: AbortSignal): Promise<Measured> {
  const { files, seed, notes } = context;
  const known = notes.get('measured') as Measured | undefined;
  if (known) return known;
  const read = readSettings(files, 'data-gate.yaml', gateSchema);
  if (!read.ok) throw new Error('data-gate.yaml does not fit its schema.');
  const train = (notes.get('train') as Train | undefined) ?? openTraining(signal);
  const measured = await measureGate(read.value, seed + 1000, train);
  notes.set('measured', measured);
  return measured;
}

/** Training with tfjs in a worker of this tab. */
export function openTraining(signal: AbortSignal): Train {
  return (training) => trainTexts(training, signal);
}

/** `12.3 %`. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
