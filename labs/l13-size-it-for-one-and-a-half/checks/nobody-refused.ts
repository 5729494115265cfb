import type { LabCheck } from '#labs/check-context.ts';
import { countUnanswered, poolsOf, runOrdinaryDays, trafficOf } from '../runs.ts';
import { COUNTED, ORDINARY_LOAD } from '../scenario.ts';

const check: LabCheck = {
  id: 'nobody-refused',
  title: 'On an ordinary day nobody is refused',
  instruction: '2',
  points: 3,
  hint: 'simulate ordinary shows what became of the requests: shed is a full queue, timeout a caller who gave up.',
  async run(context, signal) {
    const days = await runOrdinaryDays(context, poolsOf(context), signal);
    context.notes.set('days', days);
    const unanswered = days.map(countUnanswered);
    const rate = (ORDINARY_LOAD * 1000) / trafficOf(context).serviceMs;
    return {
      passed: Math.max(...unanswered) === 0,
      measured: `${unanswered.join(', ')} of ${COUNTED.toLocaleString('en-GB')} requests without an answer in four runs at ${ORDINARY_LOAD} mu, which is ${Math.round(rate)} a second on this machine`,
      bar: '0 in each of four runs',
      why: 'This is the load that was announced. Whoever is refused at it was not planned for.',
    };
  },
};

export default check;
