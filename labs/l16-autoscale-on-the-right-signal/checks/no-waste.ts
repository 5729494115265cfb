import type { LabCheck } from '#labs/check-context.ts';
import { daysOf, worstOf } from '../days.ts';
import { nameDay, ORACLE_POD_SECONDS } from '../measure.ts';

const MOST = 1.3;

const check: LabCheck = {
  id: 'no-waste',
  title: 'It costs little more than knowing the future',
  instruction: '2',
  points: 3,
  hint: 'Add up the pods by phase: how many in the five minutes before the step, in the ten of it, and how long do they stay in the ten after it?',
  async run(context, signal) {
    const worst = worstOf(await daysOf(context, signal), ({ podSeconds }) => podSeconds);
    const ratio = worst.podSeconds / ORACLE_POD_SECONDS;
    return {
      passed: ratio <= MOST,
      measured: `worst of four days (${nameDay(worst)}): ${Math.round(worst.podSeconds)} pod-seconds, ${ratio.toFixed(2)} times the oracle, at most ${worst.mostPods} pods. Scaled at ${worst.scalings || 'no time'}`,
      bar: `at most ${MOST} times ${ORACLE_POD_SECONDS}: one pod before, three in the step, one after`,
      why: 'Pods that run in the quiet hours are why an autoscaler was asked for. Three replicas day and night need no autoscaler and cost 1.7 times the oracle.',
    };
  },
};

export default check;
