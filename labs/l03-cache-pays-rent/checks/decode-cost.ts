import * as z from 'zod';
import type { LabCheck } from '#labs/check-context.ts';
import { post } from '../probe.ts';
import { startReference } from '../reference.ts';

const MOST = 4;
const BAR = `at most ${MOST} times as long; each the quickest of nine measurements`;
const WHY =
  'What was read once need not be read again. Without its keys and values every token costs as much as the whole text before it, and a long answer costs the square of its length.';
const roundsSchema = z.object({
  rounds: z.array(z.object({ early: z.number().positive(), late: z.number().positive() })).min(5),
});

const check: LabCheck = {
  id: 'decode-cost',
  title: 'A late token costs little more than an early one',
  instruction: '1',
  points: 2,
  hint: 'curl http://oncall-lm/measure compares them. kubectl logs tells with which settings the server started.',
  async run(context, signal) {
    const answer = await post(context, 'http://oncall-lm/measure', {}, signal);
    if (!answer.ok)
      return { passed: false, measured: `no answer: ${answer.text.trim()}`, bar: BAR, why: WHY };
    const { rounds } = roundsSchema.parse(JSON.parse(answer.text));
    const [early, late] = [
      Math.min(...rounds.map((one) => one.early)),
      Math.min(...rounds.map((one) => one.late)),
    ];
    await startReference(context);
    return {
      passed: late / early <= MOST,
      measured: `${early.toFixed(2)} ms near token 20, ${late.toFixed(2)} ms near token 200: ${(late / early).toFixed(1)} times`,
      bar: BAR,
      why: WHY,
    };
  },
};

export default check;
