import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport, SimulationSample } from '#simulation/report.ts';
import { samplesWithin, sum } from '../runs.ts';
import { BROWN_OUT } from '../scenario.ts';

const LEAST = 0.95;

const check: LabCheck = {
  id: 'recovers',
  title: 'Ten seconds after the brown-out it is over',
  instruction: '2',
  points: 3,
  hint: 'What are the pods busy with when they are fast again? simulate --timeline brown-out shows how many requests are in flight at second 50.',
  run({ notes }) {
    const runs = notes.get('brown-outs') as readonly SimulationReport[];
    const shares = runs.map((report) => {
      const before = samplesWithin(report, 0, BROWN_OUT.from);
      const after = samplesWithin(report, BROWN_OUT.recoveredBy, BROWN_OUT.end);
      return answered(after) / answered(before);
    });
    const percents = shares.map((share) => `${(share * 100).toFixed(1)} %`);
    return Promise.resolve({
      passed: Math.min(...shares) >= LEAST,
      measured: `share of requests answered in time from 10 s after its end on, against before it: ${percents.join(', ')}`,
      bar: `at least ${LEAST * 100} % of the share before the brown-out, in each of four runs`,
      why: 'A line of requests whose callers have gone keeps the pods as busy as the fault did. An outage that feeds itself outlives its cause.',
    });
  },
};

export default check;

function answered(samples: readonly SimulationSample[]): number {
  return sum(samples, 'completed') / sum(samples, 'offered');
}
