import { CLASSES, type TriageClass } from './data/classes.ts';
import { drawExamples, type Example } from './data/examples.ts';
import type { Template, TemplateKind } from './data/template.ts';
import { TEMPLATES } from './data/templates.ts';
import { seededRandom } from './random.ts';

/** `count` tickets and log lines with the class of each, fresh for every seed, from all the templates. */
export function drawTickets(seed: number, count: number): Example[] {
  return drawExamples(CLASSES.flatMap(templatesOf), count, seededRandom(seed));
}

function templatesOf(name: TriageClass): Template[] {
  const kinds = Object.entries(TEMPLATES[name]) as [TemplateKind, readonly string[]][];
  return kinds.flatMap(([kind, texts]) => texts.map((text) => ({ class: name, kind, text })));
}
