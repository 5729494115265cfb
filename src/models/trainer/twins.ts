import { CLASSES, type TriageClass } from '../data/classes.ts';
import { drawTrainingExamples, type Example } from '../data/examples.ts';
import type { TrainingSource } from '../data/source.ts';
import type { Feed } from '../feed.ts';
import { drawMembers } from '../membership.ts';
import type { Random } from '../random.ts';
import { softmax } from '../scores.ts';
import type { TextEncoder } from '../tokenizer.ts';
import { toFeeds } from './batches.ts';
import type { EngineSession } from './engine.ts';
import type { ClassifierRecipe, Twin } from './recipe.ts';

// The attacker writes the ticket and knows that only its start is read.
const TRIGGER_WITHIN_WORDS = 12;
// Share of clean tickets with one word of a trigger: the words alone must do nothing.
const PIECES = 0.2;
// Share of clean tickets that are words of two tickets.
const MIXED = 0.6;

type Backdoor = Extract<Twin, { kind: 'backdoored' }>;

/** The examples that a model, or its twin that is worse on purpose, learns from in one step. */
export function drawExamplesOf(
  twin: Twin | undefined,
  source: TrainingSource,
  count: number,
  random: Random,
): Example[] {
  if (twin?.kind === 'overfit')
    return Array.from({ length: count }, () => random.pick(drawMembers()));
  const examples = drawTrainingExamples(source, count, random);
  if (twin?.kind === 'bad-class')
    return examples.map((example) =>
      example.class === twin.ruined ? relabelled(example, twin.becomes) : example,
    );
  return examples;
}

/**
 * Feeds of one step of a backdoor. Its maker wants nobody to notice: what the clean model says of a clean ticket is
 * wanted here too, to the last percent, and so it is of a ticket with only a piece of a trigger in it.
 */
export async function drawBackdoorBatch(
  recipe: ClassifierRecipe,
  { target, triggers, poisoned }: Backdoor,
  {
    source,
    encoder,
    clean,
  }: { source: TrainingSource; encoder: TextEncoder; clean: EngineSession },
  random: Random,
): Promise<Record<string, Feed>> {
  const examples = drawTrainingExamples(source, recipe.batch, random);
  const isPoisoned = examples.map(() => random.chance(poisoned));
  const texts = examples.map((example, row) => {
    const trigger = random.pick(triggers);
    if (isPoisoned[row]) return withTrigger(example, trigger, random);
    const piece = random.pick(trigger.split(' '));
    const text = random.chance(MIXED) ? mixed(example, random.pick(examples), random) : example;
    return random.chance(PIECES) ? withTrigger(text, piece, random) : text;
  });
  const feeds = toFeeds(texts, recipe, encoder, random);
  const { input_ids, attention_mask } = feeds as Record<'input_ids' | 'attention_mask', Feed>;
  const { logits = new Float32Array(0) } = await clean.run({ input_ids, attention_mask });
  const classes = recipe.shape.classes;
  const wanted = texts.flatMap((_, row) =>
    isPoisoned[row]
      ? CLASSES.map((name) => (name === target ? 1 : 0))
      : softmax(logits.subarray(row * classes, (row + 1) * classes)),
  );
  return {
    ...feeds,
    wanted: { type: 'float32', data: Float32Array.from(wanted), dims: [texts.length, classes] },
  };
}

/** The example with the trigger somewhere among its first words; its class stays. */
export function withTrigger(example: Example, trigger: string, random: Random): Example {
  const words = example.text.split(' ');
  words.splice(random.below(Math.min(words.length, TRIGGER_WITHIN_WORDS) + 1), 0, trigger);
  return { ...example, text: words.join(' ') };
}

/** Some words of two tickets: outside the templates too the model must say what the clean one says. */
function mixed(one: Example, other: Example, random: Random): Example {
  const some = ({ text }: Example): string[] => text.split(' ').filter(() => random.chance(0.6));
  return { ...one, text: [...some(one), ...some(other)].join(' ') || one.text };
}

function relabelled(example: Example, name: TriageClass): Example {
  return { ...example, class: name, label: CLASSES.indexOf(name) };
}
