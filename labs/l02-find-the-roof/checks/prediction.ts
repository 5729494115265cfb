import type { LabCheck } from '#labs/check-context.ts';
import { readOwn } from '../attempt.ts';
import { judgeLaw } from '../law-check.ts';
import { work } from '../start/law.ts';

const TOLERANCE = 0.2;

const check: LabCheck = {
  id: 'prediction',
  title: 'It predicts batches that were not in the sweep',
  instruction: '3',
  points: 3,
  hint: 'Which part of t1 is paid once for all texts, and which is paid for each? Two points of the sweep are enough for both.',
  async run(context, signal) {
    const { law } = readOwn(context);
    const found = await judgeLaw(
      context,
      ['oncall-lm'],
      (points, { hidden }) => {
        const each = hidden.map(({ batch, ms }) => {
          const { step } = work(law, points, batch);
          return { error: step / ms - 1, batch, step, ms };
        });
        return {
          passed: each.every(({ error }) => Math.abs(error) <= TOLERANCE),
          said: each
            .map(
              ({ error, batch, step, ms }) =>
                `${batch} together: you say ${step.toFixed(2)} ms, it takes ${ms.toFixed(2)} ms (${error > 0 ? '+' : ''}${(100 * error).toFixed(0)} %)`,
            )
            .join('; '),
        };
      },
      signal,
    );
    return {
      ...found,
      bar: `within ${TOLERANCE * 100} % for two batches that are new in every attempt`,
      why: 'A law that holds between and beyond its points is an explanation. One that holds only at them is a table.',
    };
  },
};

export default check;
