import { seededRandom } from '../random.ts';
import { CLASSES } from './classes.ts';
import type { ClassTemplates, Template, TemplateKind } from './template.ts';
import { TEMPLATES } from './templates.ts';

/** Templates that teach, templates used to choose settings, templates that only measure. */
export interface TemplateSplit {
  readonly train: readonly Template[];
  readonly tuning: readonly Template[];
  readonly unseen: readonly Template[];
}

const TUNING_SHARE = 0.1;
const UNSEEN_SHARE = 0.2;

/** Splits the templates of each class and kind by a seeded shuffle, so that nobody chose which ones are unseen. */
export function splitTemplates(seed: number): TemplateSplit {
  const random = seededRandom(seed);
  const split = { train: [] as Template[], tuning: [] as Template[], unseen: [] as Template[] };
  for (const name of CLASSES) {
    for (const kind of kindsOf(TEMPLATES[name])) {
      const order = random.shuffle(TEMPLATES[name][kind]);
      const unseen = Math.round(order.length * UNSEEN_SHARE);
      const tuning = unseen + Math.round(order.length * TUNING_SHARE);
      const ofClass = (text: string): Template => ({ class: name, kind, text });
      split.unseen.push(...order.slice(0, unseen).map(ofClass));
      split.tuning.push(...order.slice(unseen, tuning).map(ofClass));
      split.train.push(...order.slice(tuning).map(ofClass));
    }
  }
  return split;
}

function kindsOf(templates: ClassTemplates): TemplateKind[] {
  return Object.keys(templates) as TemplateKind[];
}
