import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { samplesWithin, sum } from '../runs.ts';
import { BROWN_OUT, SERVICE_MS, SLOWNESS } from '../scenario.ts';

const LEAST = 0.8;
const PODS = 4;
/** Until the lines have filled. */
const SETTLING = 2;

const check: LabCheck = {
  id: 'still-useful',
  title: 'In the brown-out the slow pods answer whom they can',
  instruction: '3',
  points: 2,
  hint: 'A pod finishes what it began whether anybody waits or not. How long does an attempt take from joining a full line to its answer, at six times the usual time?',
  run({ notes }) {
    const runs = notes.get('brown-outs') as readonly SimulationReport[];
    const possible = (PODS * 1000) / (SERVICE_MS * SLOWNESS);
    const shares = runs.map((report) => {
      const during = samplesWithin(report, BROWN_OUT.from + SETTLING, BROWN_OUT.until);
      return sum(during, 'completed') / during.length / possible;
    });
    return Promise.resolve({
      passed: Math.min(...shares) >= LEAST,
      measured: `${shares.map((share) => `${Math.round(share * 100)} %`).join(', ')} of what ${PODS} slow pods can do was answered in time`,
      bar: `at least ${LEAST * 100} % in each of four runs`,
      why: 'Two thirds of the callers must be refused: there is no room. The pods decide only whether the last third gets an answer or nobody does.',
    });
  },
};

export default check;
