import type { Random } from '../random.ts';
import { CLASSES, type TriageClass } from './classes.ts';
import { dressLine, dressMessage, dressTicket } from './dress.ts';
import { fillTemplate } from './fill.ts';
import { glossaryText } from './glossary-examples.ts';
import type { TrainingSource } from './source.ts';
import type { Template, TemplateKind } from './template.ts';

/** One text with its class, and the class's index in the model's outputs. */
export interface Example {
  readonly text: string;
  readonly class: TriageClass;
  readonly label: number;
}

const DRESS: Record<TemplateKind, (text: string, random: Random) => string> = {
  tickets: dressTicket,
  messages: dressMessage,
  lines: dressLine,
};

// Shares of the training stream; the rest are templates as they are.
const GLOSSARY_SHARE = 0.42;
const SPLICED_SHARE = 0.2;
const LOWER_CASE_SHARE = 0.2;

/** An example made from one template. */
function makeExample({ class: name, kind, text }: Template, random: Random): Example {
  return labelled(name, DRESS[kind](fillTemplate(text, random), random), random);
}

/** `each` examples from every template, so that no template weighs more than another. */
export function examplesOfEach(
  templates: readonly Template[],
  each: number,
  random: Random,
): Example[] {
  return templates.flatMap((template) =>
    Array.from({ length: each }, () => makeExample(template, random)),
  );
}

/** `count` examples from randomly drawn templates, each class equally likely. */
export function drawExamples(
  templates: readonly Template[],
  count: number,
  random: Random,
): Example[] {
  const byClass = CLASSES.map((name) => templates.filter((template) => template.class === name));
  return Array.from({ length: count }, () =>
    makeExample(random.pick(random.pick(byClass)), random),
  );
}

/**
 * `count` examples to learn from, each class equally likely. Beside plain templates it has sentences made of the
 * class's glossary, and halves of two templates joined: a model that only sees whole templates learns them by heart.
 */
export function drawTrainingExamples(
  source: TrainingSource,
  count: number,
  random: Random,
): Example[] {
  const byClass = new Map(
    CLASSES.map((name) => [name, source.templates.filter((template) => template.class === name)]),
  );
  return Array.from({ length: count }, () => {
    const name = random.pick(CLASSES);
    return drawOne(name, byClass.get(name) ?? [], source.glossary[name], random);
  });
}

function drawOne(
  name: TriageClass,
  templates: readonly Template[],
  terms: readonly string[],
  random: Random,
): Example {
  const draw = random.uniform();
  if (draw < GLOSSARY_SHARE) {
    const kind = random.chance(0.5) ? 'tickets' : 'messages';
    return labelled(name, DRESS[kind](glossaryText(terms, kind, random), random), random);
  }
  if (draw < GLOSSARY_SHARE + SPLICED_SHARE)
    return labelled(name, splice(templates, random), random);
  return makeExample(random.pick(templates), random);
}

/** The first part of one template and the last part of another of the same class. */
function splice(templates: readonly Template[], random: Random): string {
  const words = (): string[] => fillTemplate(random.pick(templates).text, random).split(' ');
  const [head, tail] = [words(), words()];
  const cut = (length: number): number => Math.round(length * (0.35 + 0.3 * random.uniform()));
  const text = [...head.slice(0, cut(head.length)), ...tail.slice(-cut(tail.length))].join(' ');
  return random.chance(0.5) ? dressTicket(text, random) : dressMessage(text, random);
}

function labelled(name: TriageClass, text: string, random: Random): Example {
  return {
    text: random.chance(LOWER_CASE_SHARE) ? text.toLowerCase() : text,
    class: name,
    label: CLASSES.indexOf(name),
  };
}
