import { ANOMALIES, ANOMALY_MEANING } from '../data/telemetry/anomalies.ts';
import type { AnomalyManifest } from '../manifest.ts';
import { fileTable, percent, table } from './card-table.ts';
import type { DetectorRecipe } from './recipe.ts';
import { TRAINING_MACHINES } from './train-detector.ts';

/** The card of an anomaly detector in Markdown: what it is for, how it was made, what it misses. */
export function describeDetectorCard(manifest: AnomalyManifest, recipe: DetectorRecipe): string {
  const { training, evaluation, features, samples } = manifest;
  const { seenMachines, heldOutMachines } = evaluation;
  const minutes = (samples * manifest.intervalSeconds) / 60;
  return `# Model card: ${manifest.name} ${manifest.version}

${manifest.name} says how unusual ${minutes} minutes of an inference machine's telemetry are. It is a real, small model: trained by
this repository's own script on telemetry that this repository draws, small enough that a lab trains it again in the
browser.

## Intended use

Labs and lessons of Day Two. It knows one simulated fleet. Never connect it to a pager.

## Model

An autoencoder: ${samples} samples of ${features.length} features, ${recipe.shape.hidden} numbers, ${recipe.shape.code} numbers, ${recipe.shape.hidden} numbers, and the window drawn again.
What is usual can be described in ${recipe.shape.code} numbers; what cannot is unusual. ${training.parameters.toLocaleString('en')} parameters in float32, ONNX IR 8,
operator set 17. Input \`windows\` (float, [batch, ${samples}, ${features.length}], in the units below, oldest first). Outputs \`error\` ([batch], 1 is
usual, above ${manifest.threshold} is an alarm), \`feature_errors\` ([batch, ${features.length}], the same for each feature) and \`reconstruction\` ([batch,
${samples}, ${features.length}]), what the model takes for normal.

${table(
  ['feature', 'unit'],
  features.map(({ name, unit }) => [name, unit]),
)}

## Data

Drawn by code of this repository, one sample every ${manifest.intervalSeconds / 60} minutes: traffic with a daily curve and quieter weekends; utilisation,
memory, latency and temperature follow from it, latency as in a queue. Machines differ in peak hour, load, speed and
air. Trained on ${TRAINING_MACHINES} machines without anomalies, which no real fleet offers. No data was downloaded. In the measured data
something is wrong for about a sixth of the time, from hardly visible to plain:

${table(
  ['anomaly', 'what happens'],
  ANOMALIES.map((kind) => [kind, ANOMALY_MEANING[kind]]),
)}

## Evaluation

${table(
  ['figure', 'machines of training', 'machines never seen'],
  [
    ['windows', ...both((set) => set.windows.toLocaleString('en'))],
    ['with an anomaly (average precision by chance)', ...both((set) => percent(set.anomalous))],
    ['area under the ROC curve', ...both((set) => set.auc.toFixed(3))],
    ['average precision', ...both((set) => set.averagePrecision.toFixed(3))],
    ['without a model: area under the curve', ...both((set) => set.baseline.auc.toFixed(3))],
    [
      'without a model: average precision',
      ...both((set) => set.baseline.averagePrecision.toFixed(3)),
    ],
    ['calm windows above the threshold', ...both((set) => percent(set.falseAlarms))],
    ...ANOMALIES.map((kind) => [
      `${kind} above the threshold`,
      ...both((set) => percent(set.found[kind] ?? 0)),
    ]),
  ],
)}

Windows begin half a window apart. A window counts as anomalous when a third of it or more is, and is left out when
less is. The threshold is what one calm window in a hundred exceeds on the training machines: with a window each
${minutes / 2} minutes that is a false alarm every other day for each machine, so a pager needs more than one window. *Without a model*: the
largest deviation of any feature from its mean, in deviations. \`npm run models:eval\` measures the committed file again.

## Known failures

The first minutes of a leak and a dependency that is a fifth slower look like a normal day: what it misses is mostly
these. It has no clock, so traffic that is normal at noon is normal to it at midnight. A sensor that is stuck at a
plausible value is hardly an error to it. A fleet with other hardware looks anomalous throughout.

## Training

${training.steps.toLocaleString('en')} steps of ${training.batch} windows, AdamW, data seed ${training.dataSeed}, training seed ${training.trainSeed}, ${training.runtime}, ${training.engine} engine, one thread,
${training.wallSeconds} s on shared cores. Repeat it with \`npm run models:train ${manifest.name}\`: the same seeds on the wasm engine give the same bytes.
\`${manifest.files.training.path}\` is the graph of one training step, without weights: they and \`windows\` in, \`loss\` and \`gradient.NAME\` of each out.

## Files

${fileTable(manifest)}

Licence: Apache-2.0, data and weights.
`;

  function both(of: (set: typeof seenMachines) => string): [string, string] {
    return [of(seenMachines), of(heldOutMachines)];
  }
}
