import { splitPairs } from '../data/retrieval/pairs.ts';
import { SERVICES } from '../data/slots.ts';
import type { EmbedderManifest } from '../manifest.ts';
import { fileTable, percent, table } from './card-table.ts';
import type { EmbedderRecipe } from './recipe.ts';

/** The card of an embedder in Markdown: what it is for, how it was made, what it does not find. */
export function describeEmbedderCard(manifest: EmbedderManifest, recipe: EmbedderRecipe): string {
  const { training, evaluation } = manifest;
  const { pool } = evaluation.heldOut;
  const { topics, trained, heldOut, newSymptoms } = splitPairs(recipe.splitSeed);
  const row = (name: string, set: typeof evaluation.seen): string[] => [
    name,
    String(set.queries),
    percent(set.recallAt1),
    percent(set.recallAt10),
    set.meanReciprocalRank.toFixed(3),
  ];
  return `# Model card: ${manifest.name} ${manifest.version}

${manifest.name} turns a ticket or a runbook into ${manifest.dimensions} numbers, so that a ticket lies close to the runbook that helps. It is a
real, small model: trained by this repository's own script, from text that this repository writes, to be put behind a
search in labs.

## Intended use

Labs and lessons of Day Two: retrieval over the runbooks of this repository's grammar. It is no embedder of language in
general: it has read ${topics.length} symptoms of ${SERVICES.length} services.

## Model

A table of tokens and of places, widened to ${recipe.shape.width} numbers per token, attention pooling, a projection to ${manifest.dimensions} numbers: a weighted
sum of words, in which the telling ones weigh more. Two transformer blocks between them were tried first, with half the
wordings: in unseen wordings they found 26 % of the held-out runbooks among ten, and the sum of words 34 %. Byte-pair
vocabulary of ${recipe.shape.vocabulary}. Texts are cut and padded to ${manifest.maxTokens} tokens: a question and the head of a runbook with its symptom
fit, the end of a runbook does not. ${training.parameters.toLocaleString('en')} parameters in float32, ONNX IR 8, operator set 17. Inputs \`input_ids\` and
\`attention_mask\` (int64, [batch, tokens]), output \`embedding\` ([batch, ${manifest.dimensions}]); each row has length 1, so a dot product is the
cosine. The same model reads questions and runbooks.

## Data

Written for this repository: the runbook grammar of oncall-lm with ${topics.length + newSymptoms.length / SERVICES.length} symptoms, and eight wordings of a question for each,
which name the service; half of them share few words with the symptom. A runbook exists for each symptom and each of ${SERVICES.length} services.
A shuffle with seed ${training.dataSeed} decides what is never trained on: one symptom of each class (${newSymptoms.length} runbooks), a quarter of
the other runbooks (${heldOut.length}; ${trained.length} remain), two of the eight wordings of each symptom. Numbers and names in a question are drawn
anew and do not match those in the runbook; greetings and typing errors occur. No data was downloaded.

## Evaluation

The index holds all ${pool.toLocaleString('en')} runbooks, those of training too; exactly one is right. By chance, ${percent(10 / pool)} of the questions would find
it among ten, and ${percent(1 / pool)} in the first place. ${SERVICES.length} runbooks have the right symptom and ${topics.length + newSymptoms.length / SERVICES.length} the right service.

${table(
  ['questions about', 'questions', 'recall@1', 'recall@10', 'mean reciprocal rank'],
  [
    row('runbooks of training', evaluation.seen),
    row('**held-out runbooks**', evaluation.heldOut),
    row('held-out runbooks, in unseen wordings', evaluation.newWordings),
    row('symptoms never trained on', evaluation.newSymptoms),
  ],
)}

Held-out runbooks are new combinations of a known symptom and a known service, and the wordings are known. The third row
rests on ${2 * topics.length} wordings that training never read, with words that training never read among them; the last one on ${newSymptoms.length / SERVICES.length} symptoms of
which only the service's name and common words are known. Both are what to expect from other people's questions.
Services that it never read were not measured. \`npm run models:eval\` measures the committed file again.

## Known failures

Runbooks of the same symptom for another service, and other runbooks of the same service, are what it confuses. A
question that does not name its service cannot find the right runbook. It always finds something: a low cosine is the
only sign that nothing fits.

## Training

${training.steps.toLocaleString('en')} steps of ${training.batch} pairs (InfoNCE both ways, the other pairs of the step as wrong answers: ${recipe.grid.topics} symptoms of ${recipe.grid.services} services
at a time, so that each differs in one thing only), AdamW, training seed ${training.trainSeed}, ${training.runtime}, ${training.engine} engine, one thread,
${training.wallSeconds} s on shared cores. Repeat it with \`npm run models:train ${manifest.name}\`: the same seeds on the wasm engine give the same bytes.

## Files

${fileTable(manifest)}

Licence: Apache-2.0, data and weights.
`;
}
