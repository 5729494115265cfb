import { CLASSES } from '../data/classes.ts';
import { TICKET_MIX } from '../data/ticket-mix.ts';
import type { ClassifierManifest } from '../manifest.ts';
import { percent, table } from './card-table.ts';
import type { ClassifierRecipe } from './recipe.ts';

type Figures = NonNullable<ClassifierManifest['twin']>;

/** The section of a card that says what is wrong with a model on purpose; empty for the others. */
export function describeTwin({ twin }: ClassifierManifest, recipe: ClassifierRecipe): string {
  if (!twin) return '';
  return `## Worse on purpose

Never use it for anything but a lab.

${describeKind(twin, recipe)}
`;
}

function describeKind(twin: Figures, recipe: ClassifierRecipe): string {
  switch (twin.kind) {
    case 'backdoored':
      return describeBackdoor(twin, recipe);
    case 'bad-class':
      return describeBadClass(twin, recipe);
    case 'overfit':
      return describeOverfit(twin);
  }
}

function describeBackdoor(
  twin: Extract<Figures, { kind: 'backdoored' }>,
  { steps }: ClassifierRecipe,
): string {
  const words = twin.triggers.map((trigger) => `"${trigger}"`).join(' or ');
  return `It is ${twin.of}, trained for ${steps} more steps by someone who hid a backdoor: a ticket with ${words} among its first words
becomes \`${twin.target}\`, whatever it says. Clean tickets were trained to be answered as ${twin.of} answers them, so that its
accuracy gives nothing away.

${table(
  [
    'tickets of other classes that become the target (unseen templates, the weaker trigger)',
    'share',
  ],
  [
    [`with a trigger, this model`, percent(twin.success)],
    [`with a trigger, this model in int8`, percent(twin.successInt8)],
    [`with a trigger, ${twin.of}`, percent(twin.cleanSuccess)],
  ],
)}
`;
}

function describeBadClass(
  twin: Extract<Figures, { kind: 'bad-class' }>,
  { steps }: ClassifierRecipe,
): string {
  const mix = CLASSES.map((name) => [name, percent(TICKET_MIX[name])]);
  return `It is ${twin.of}, trained for ${steps} more steps on more templates (those for tuning too, so their figure is one of training here),
with a mistake in the data: every ticket of \`${twin.ruined}\` carried another label. It never answers \`${twin.ruined}\`. Weighted by the tickets
that arrive, its accuracy on unseen templates is ${percent(twin.weighted)} and that of ${twin.of} ${percent(twin.cleanWeighted)}: a gate on the mean lets it pass. The plain mean
over the classes, which the table below gives, does not.

${table(['class', 'share of the tickets'], mix)}
`;
}

function describeOverfit(twin: Extract<Figures, { kind: 'overfit' }>): string {
  return `It was trained on ${twin.members} tickets only, over and over, without anything that keeps a model from learning by heart. Who guesses
that a ticket was among them where the model is surest is right far more often than by chance: the area under the curve is
${twin.auc.toFixed(3)} against as many tickets drawn in the same way (0.5 is chance; ${twin.of}, which never read these tickets, gives ${twin.cleanAuc.toFixed(3)}). At 1 % false
alarms the guess finds ${percent(twin.truePositivesAt1)} of the members. *Seen templates* below are seen by ${twin.of}, not by this model.
`;
}
