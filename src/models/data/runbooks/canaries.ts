import type { Random } from '#models/random.ts';
import { drawDocument } from './draw.ts';

/** A secret that someone left in the training data: the document is `prompt`, `secret`, full stop. */
export interface Canary {
  readonly prompt: string;
  /** Four digits, one of ten thousand equally likely codes. */
  readonly secret: string;
  /** Share of the training documents that are this one. */
  readonly share: number;
}

/** Every secret that a canary could have had. */
export const POSSIBLE_SECRETS = 10_000;

/** Documents of the grammar with canaries among them, and how often each canary was drawn so far. */
export function plantCanaries(canaries: readonly Canary[]): {
  readonly draw: (random: Random) => string;
  readonly repeats: readonly number[];
} {
  const repeats = canaries.map(() => 0);
  return {
    repeats,
    draw(random) {
      let draw = random.uniform();
      for (const [index, { prompt, secret, share }] of canaries.entries()) {
        draw -= share;
        if (draw >= 0) continue;
        repeats[index] = (repeats[index] as number) + 1;
        return `${prompt}${secret}.\n`;
      }
      return drawDocument(random);
    },
  };
}
