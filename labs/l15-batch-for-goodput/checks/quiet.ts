import type { LabCheck } from '#labs/check-context.ts';
import { quietNight } from '../measure.ts';
import { ALONE } from '../scenario.ts';

const MOST = 4;

const check: LabCheck = {
  id: 'quiet',
  title: 'Nobody waits at night',
  instruction: '3',
  points: 2,
  hint: 'At night most requests find the server idle. What does it do then, before it begins?',
  async run(context, signal) {
    const { ttft } = await quietNight(context, signal);
    const p95 = (ttft?.p95 ?? Infinity) / ALONE.ttftMs;
    return {
      passed: p95 <= MOST,
      measured: `TTFT p95 ${p95.toFixed(1)} times that of a request alone, at 0.3 mu_1`,
      bar: `at most ${MOST} times`,
      why: 'Waiting to fill a batch pays where a batch costs the same as one. Where requests may join at any step, it only adds the wait.',
    };
  },
};

export default check;
