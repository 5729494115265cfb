import type { Random } from '../random.ts';
import { SLOTS } from './slots.ts';

const CHOICE = /\{([^{}]*\|[^{}]*)\}/;
const SLOT = /<([a-z][a-z0-9]*)>/g;

/** The template with one branch of every choice taken and every slot filled; an unknown slot throws. */
export function fillTemplate(text: string, random: Random): string {
  let chosen = text;
  for (let match = CHOICE.exec(chosen); match; match = CHOICE.exec(chosen)) {
    const branch = random.pick((match[1] ?? '').split('|'));
    chosen = chosen.slice(0, match.index) + branch + chosen.slice(match.index + match[0].length);
  }
  return chosen.replace(SLOT, (_, name: string) => {
    const fill = SLOTS[name];
    if (!fill)
      throw new Error(
        `Unknown slot <${name}> in the template "${text}". Add it to slots.ts or mend the name.`,
      );
    return fill(random);
  });
}
