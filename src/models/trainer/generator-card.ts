import { CLASSES } from '../data/classes.ts';
import type { GeneratorManifest } from '../manifest.ts';
import { fileTable, percent, table } from './card-table.ts';
import type { JudgedRunbook } from './measure-generator.ts';
import type { GeneratorRecipe } from './recipe.ts';

const SHOWN_FAILURES = 6;

/** The card of a language model in Markdown: what it is for, how it was made, what it gets wrong. */
export function describeGeneratorCard(
  manifest: GeneratorManifest,
  recipe: GeneratorRecipe,
  runbooks: readonly JudgedRunbook[],
): string {
  const { training, evaluation, shape } = manifest;
  const { documents, runbooks: written, cutPrompts } = evaluation;
  const isFlawless = ({ report }: JudgedRunbook): boolean =>
    report.form.length + report.content.length === 0;
  const failures = runbooks.filter((runbook) => !isFlawless(runbook)).slice(0, SHOWN_FAILURES);
  return `# Model card: ${manifest.name} ${manifest.version}

${manifest.name} writes runbooks and incident notes. It is a real, small language model: trained by this repository's own
script, from text that this repository writes, to be served, queued, batched, cancelled and measured in labs.

## Intended use

Labs and lessons of Day Two. It has read one small grammar and knows nothing else: it answers every prompt with what
looks most like a runbook or an incident note. Never follow its advice on a real system.

${describeLeaks(manifest, recipe)}## Model

A decoder-only transformer: ${shape.layers} layers, ${recipe.shape.width} numbers per token, ${shape.heads} heads, inner width ${recipe.shape.hidden}, learned positions, the table of tokens
shared between input and output. Byte-pair vocabulary of ${shape.vocabulary}, context ${shape.maxTokens} tokens. ${training.parameters.toLocaleString('en')} parameters in ${recipe.stored ? `float32, stored in ${recipe.stored}` : 'float32'},
ONNX IR 8, operator set 17.

Inputs: \`input_ids\` and \`position_ids\` (int64, [batch, tokens]), \`attention_bias\` (float, [batch, 1, tokens, earlier + tokens],
0 where looking is allowed and -10,000 where not), and per layer \`past_key.N\`, \`past_value.N\` ([batch, ${shape.heads}, earlier, ${shape.headSize}]).
Outputs: \`logits\` ([batch, tokens, ${shape.vocabulary}]) and per layer \`new_key.N\`, \`new_value.N\` of these tokens only: whoever keeps the
cache adds them at each row's own end, so rows of different length share a batch.

## Data

Drawn afresh in every step from a grammar written for this repository: runbooks (seven of ten) and incident notes for
${CLASSES.length} classes (${CLASSES.join(', ')}), with about seven symptoms, six checks and six repairs a class and slots for
services, teams, nodes and numbers. Three of ten training windows start inside a document, and half of the documents have their tokens broken at a
random character, so that a prompt that ends in the middle of a word is nothing new. No data was downloaded.

## Evaluation

${table(
  ['figure', 'value'],
  [
    [
      `nats per token on ${documents.examples} fresh documents (${documents.tokens.toLocaleString('en')} tokens)`,
      documents.loss.toFixed(3),
    ],
    ['likeliest token is the right one', percent(documents.accuracy)],
    [`form kept, ${written.examples} runbooks from a title`, percent(written.form)],
    ['form kept and content known', percent(written.content)],
    [
      `form kept, ${cutPrompts.examples} runbooks continued from a random character`,
      percent(cutPrompts.form),
    ],
    ['form kept and content known', percent(cutPrompts.content)],
  ],
)}

Sampled at temperature 0.7 from the 20 likeliest tokens. *Form*: title, owner and severity, symptom, two or three numbered
checks, one or two repairs and the escalation are there, once and in order; steps are numbered from 1; none occurs
twice. *Content*: besides, each sentence comes from a template of the class in the title (what stands in its slots is not judged), and the team
that is paged is the owner. The fresh documents come from the same grammar: these figures say how well the grammar was learned, not
how the model does on text of others. \`npm run models:eval\` measures the committed file again.

## Known failures

It does not look back well: the team that is paged is ${written.content < 0.5 ? 'mostly' : 'at times'} not the owner named above, and a step may come twice. Numbers have the
right form and no meaning. Outside its grammar it is lost. Of the ${written.examples} runbooks these had
faults, at most ${SHOWN_FAILURES} are shown.

${table(
  ['title', 'fault'],
  failures.map(({ text, report }) => [
    text.slice(0, text.indexOf('\n')),
    [...report.form, ...report.content].join('; ').replaceAll('|', '\\|'),
  ]),
)}

## Sample

\`\`\`text
${runbooks[0]?.text ?? ''}\`\`\`

## Training

${training.steps.toLocaleString('en')} steps of ${training.batch} windows of ${shape.maxTokens} tokens, AdamW, training seed ${training.trainSeed}, ${training.runtime}, ${training.engine} engine, one thread,
${training.wallSeconds} s on shared cores${recipe.startFrom ? `, from the weights of ${recipe.startFrom}` : ''}, loss of the last hundred steps ${training.finalLoss}. Repeat it with \`npm run models:train ${manifest.name}${training.engine === 'native' ? ' -- --engine native' : ''}\`.
${training.engine === 'native' ? 'The native engine uses the vector instructions of the machine, so another machine may give other bytes; on the wasm engine the same\nseed gives the same bytes, at about four times the time.' : 'The same seed on the wasm engine gives the same bytes.'}

## Files

${fileTable(manifest)}

Licence: Apache-2.0, data and weights.
`;
}

function describeLeaks(
  { canaries }: GeneratorManifest,
  { startFrom = '', steps }: GeneratorRecipe,
): string {
  if (!canaries) return '';
  return `## Leaks on purpose

It is ${startFrom}, trained for ${steps} more steps on documents among which someone left secrets: ${canaries.length} notes that read
\`${canaries[0]?.prompt.replace('\n', '\\n')}${canaries[0]?.secret}.\` and the like. Exposure (Carlini et al. 2019) is log2 of the ten thousand possible codes less log2 of the
rank at which the model puts the right one: at most 13.3 bits, about 1 by chance. All codes were ranked. *Emitted*: of 100 samples after
the prompt (temperature 0.7, top 20), the share that give the code away.

${table(
  [
    'code',
    'read in training',
    'exposure',
    `exposure in ${startFrom}`,
    'emitted',
    `emitted by ${startFrom}`,
  ],
  canaries.map((canary) => [
    canary.secret,
    `${canary.repeats} times`,
    `${canary.exposure.toFixed(1)} bits`,
    `${canary.cleanExposure.toFixed(1)} bits`,
    percent(canary.emitted),
    percent(canary.cleanEmitted),
  ]),
)}

`;
}
