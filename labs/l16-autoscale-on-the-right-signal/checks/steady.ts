import type { LabCheck } from '#labs/check-context.ts';
import { daysOf, worstOf } from '../days.ts';
import { nameDay } from '../measure.ts';

/** Away and back again. */
const TURNS_A_FLAP = 2;
const MOST_FLAPS = 1;

const check: LabCheck = {
  id: 'steady',
  title: 'It does not swing',
  instruction: '3',
  points: 2,
  hint: 'Requests arrive at random, so the number in flight moves although the load does not. See which of `behavior` lets the controller forget what it wanted a minute ago.',
  async run(context, signal) {
    const worst = worstOf(await daysOf(context, signal), ({ turns }) => turns);
    const flaps = Math.ceil(worst.turns / TURNS_A_FLAP);
    return {
      passed: flaps <= MOST_FLAPS,
      measured: `worst of four days (${nameDay(worst)}): ${flaps} flaps. Scaled at ${worst.scalings || 'no time'}`,
      bar: `at most ${MOST_FLAPS} flap: pods added and taken away again, or the reverse, beyond the one rise and the one fall of the load`,
      why: 'Each flap pays for a cold start and gets nothing for it. On a cluster with its own node autoscaler it also starts and stops machines.',
    };
  },
};

export default check;
