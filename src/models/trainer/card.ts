import { CLASSES, CLASS_MEANING } from '../data/classes.ts';
import { splitTemplates } from '../data/split.ts';
import type { ClassifierManifest } from '../manifest.ts';
import { fileTable, percent, table } from './card-table.ts';
import type { Miss } from './evaluate.ts';
import type { Measurement } from './measure.ts';
import type { ClassifierRecipe } from './recipe.ts';
import { describeTwin } from './twin-card.ts';

/** The model card in Markdown: what the model is for, how it was made, what it gets wrong. */
export function describeCard(
  manifest: ClassifierManifest,
  recipe: ClassifierRecipe,
  measurement: Measurement,
): string {
  const { training, evaluation, templates } = manifest;
  const split = splitTemplates(recipe.splitSeed);
  return `# Model card: ${manifest.name} ${manifest.version}

${manifest.name} sorts tickets and log lines of operations into ${CLASSES.length} classes. It is a real, small model: trained by this
repository's own script, from text that this repository writes, to be deployed, loaded, broken and replaced in labs.

## Intended use

Labs and lessons of Day Two. It is not made for routing real incidents: it has read ${templates.train} kinds of sentences and
a glossary, all in English, and knows nothing else.

${describeTwin(manifest, recipe)}## Classes

${table(
  ['class', 'meaning'],
  CLASSES.map((name) => [name, CLASS_MEANING[name]]),
)}

A line belongs to the class of those who would mend it: a database that has no disk space is \`storage\`, a GPU without
free memory is \`capacity\`, a GPU with memory errors is \`hardware\`.

## Model

A transformer encoder with one block applied ${recipe.shape.repeats} times (shared weights, as in ALBERT), ${recipe.shape.width} numbers per token,
${recipe.shape.heads} heads, byte-pair vocabulary of ${recipe.shape.vocabulary}, texts cut and padded to ${manifest.maxTokens} tokens so that every call costs the
same. ${training.parameters.toLocaleString('en')} parameters in float32, ONNX IR 8, operator set 17. Inputs \`input_ids\` and \`attention_mask\`
(int64, [batch, tokens]), output \`logits\` ([batch, ${CLASSES.length}]).

## Data

Written for this repository: ${split.train.length + split.tuning.length + split.unseen.length} templates of tickets, log messages and whole log lines (journald, JSON, klog, logfmt,
nginx, kernel, Java and others) with slots, and a glossary of each class's terms. The templates of each class and kind
were split by a shuffle with seed ${training.dataSeed}, not by hand: ${split.train.length} to train on, ${templates.tuning} to choose settings by, ${templates.unseen} never
trained on and not used to choose anything. The glossary is used in training only, without every term of two or more words that
stands in a tuning template, an unseen template or a hand-written line. No data was downloaded.

Slot values (host names, numbers, devices) are the same lists in all three parts: an unseen template is a sentence that
training never saw, not a world that it never saw. The hand-written set is ${evaluation.handwritten.examples} lines written before the first template
and never trained on or chosen by. Templates, glossary and hand-written lines have one author, so expect less on text
from elsewhere.

## Evaluation

${table(
  ['class', 'seen templates', 'unseen templates', 'hand-written'],
  [
    [
      '**all**',
      percent(evaluation.seen.accuracy),
      percent(evaluation.unseen.accuracy),
      percent(evaluation.handwritten.accuracy),
    ],
    ...CLASSES.map((name) => [
      name,
      ...[evaluation.seen, evaluation.unseen, evaluation.handwritten].map((set) =>
        percent(set.perClass[name] ?? 0),
      ),
    ]),
  ],
)}

Accuracy, on ${evaluation.seen.examples} examples of seen templates with new slot values, ${evaluation.unseen.examples} of unseen templates (${evaluation.unseen.examples / templates.unseen} of each, so it
rests on ${templates.unseen} different sentences: about ${percent(spread(evaluation.unseen.accuracy, templates.unseen))} either way) and ${evaluation.handwritten.examples} hand-written lines. The templates used to
choose settings give ${percent(evaluation.tuning.accuracy)}. \`npm run models:eval\` measures the committed file again.

## Known failures

It reads only the first ${manifest.maxTokens} tokens, and only English. It always names a class, also for text that belongs to none. Half-known
wording is its weakness: of the hand-written lines it got these wrong.

${table(['text', 'should be', 'said'], measurement.handwritten.misses.map(missRow))}

Among the unseen templates, for example:

${table(['text', 'should be', 'said'], spaced(measurement.unseen.misses, 8).map(missRow))}

## Training

${training.steps} steps of ${training.batch} examples, AdamW, data seed ${training.dataSeed}, training seed ${training.trainSeed}, ${training.runtime}, ${training.engine} engine, one thread,
${training.wallSeconds} s on shared cores${recipe.startFrom ? `, from the weights of ${recipe.startFrom}` : ''}. Repeat it with \`npm run models:train ${manifest.name}\`: the same seeds on the wasm engine give the same bytes.
${manifest.files.training ? `\`${manifest.files.training.path}\` is the graph of one training step, without weights, for training in the browser: the weights, \`input_ids\`,\n\`attention_mask\`, \`keep\` and \`wanted\` in, \`loss\` and \`gradient.NAME\` of each weight out.\n` : ''}
## Files

${fileTable(manifest)}

Licence: Apache-2.0, data and weights.
`;
}

function missRow({ text, wanted, got }: Miss): string[] {
  const line = text.replaceAll(/\s+/g, ' ').replaceAll('|', '\\|').replaceAll('`', "'");
  return [`\`${line.length > 110 ? `${line.slice(0, 107)}...` : line}\``, wanted, got];
}

/** At most `count` items, evenly spaced. */
function spaced<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}

/** Half of a 95 % interval for a share that rests on `samples` independent cases. */
function spread(share: number, samples: number): number {
  return 1.96 * Math.sqrt((share * (1 - share)) / samples);
}
