import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { runFour, samplesWithin } from '../runs.ts';
import { describeWave, WAVE, WAVE_BUCKET_MS } from '../scenario.ts';

const MOST = 0.2;
/** Without the bucket of the wave itself, some of whose callers may try again at once. */
const AFTER = 0.005;

const check: LabCheck = {
  id: 'no-wave',
  title: 'Who failed together does not come back together',
  instruction: '5',
  points: 2,
  hint: 'All of these callers fail in the same millisecond. When does each of them try again, and what would make the times differ?',
  async run(context, signal) {
    const runs = await runFour(context, describeWave, signal);
    const peaks = runs.map((report) => highestRetries(report) / WAVE.callers);
    return {
      passed: Math.max(...peaks) <= MOST,
      measured: `${peaks.map((peak) => `${Math.round(peak * 100)} %`).join(', ')} of ${WAVE.callers} callers tried again within the same ${WAVE_BUCKET_MS} ms, in four runs`,
      bar: `at most ${MOST * 100} % in each`,
      why: 'A schedule that is the same for everybody turns one moment of overload into several. Chance is the cheapest way to be different.',
    };
  },
};

export default check;

/** Most retries in one bucket from the wave on. */
function highestRetries(report: SimulationReport): number {
  const buckets = samplesWithin(report, WAVE.at + AFTER, Infinity);
  const retries = buckets.map(({ sent, offered }) => sent - offered);
  return (Math.max(...retries) * WAVE_BUCKET_MS) / 1000;
}
