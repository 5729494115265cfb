import type { LabCheck } from '#labs/check-context.ts';
import { describeFailures, planTraffic } from '../traffic.ts';

const REQUESTS = 300;

const check: LabCheck = {
  id: 'all-2xx',
  title: 'Every request succeeds',
  instruction: '2',
  points: 2,
  hint: 'Watch the request log for the first status that is not 200: the pod that answered is named beside it, and `kubectl logs` of that pod says more.',
  async run(context, signal) {
    const arrivals = { process: 'poisson', rate: 200 } as const;
    const plan = planTraffic(context, { arrivals, durationSeconds: 10, maxArrivals: REQUESTS }, 1);
    const { results } = await context.load(plan, signal);
    signal.throwIfAborted();
    context.notes.set('results', results);
    const good = results.filter(({ status }) => status !== null && status >= 200 && status < 300);
    const bad = results.filter((result) => !good.includes(result));
    return {
      passed: good.length === REQUESTS,
      measured: `${good.length} of ${REQUESTS} answered 2xx${bad.length > 0 ? ` (${describeFailures(bad)})` : ''}`,
      bar: `${REQUESTS} of ${REQUESTS}`,
      why: 'At 200 requests a second this is a second and a half of an ordinary day. Whoever calls the service sees each failure.',
    };
  },
};

export default check;
