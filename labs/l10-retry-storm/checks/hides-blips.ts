import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { runFour } from '../runs.ts';
import { BLIPS, describeBlips } from '../scenario.ts';

const LEAST = 0.995;

const check: LabCheck = {
  id: 'hides-blips',
  title: 'Small faults stay invisible',
  instruction: '4',
  points: 3,
  hint: 'simulate blips: which outcomes other than ok are there? An error wants another attempt, shed wants room in line.',
  async run(context, signal) {
    const runs = await runFour(context, describeBlips, signal);
    const shares = runs.map(answered);
    return {
      passed: Math.min(...shares) >= LEAST,
      measured: `with ${BLIPS * 100} % faults, ${shares.map((share) => `${(share * 100).toFixed(2)} %`).join(', ')} of the requests were answered, in four runs`,
      bar: `at least ${LEAST * 100} % in each`,
      why: 'This is what retries are for: a connection that was closed, a pod that was just replaced. Whoever forbids them makes each of these visible.',
    };
  },
};

export default check;

function answered({ outcomes }: SimulationReport): number {
  return outcomes.ok / Object.values(outcomes).reduce((total, count) => total + count, 0);
}
