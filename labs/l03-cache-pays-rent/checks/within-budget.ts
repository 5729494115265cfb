import type { LabCheck } from '#labs/check-context.ts';
import { BUDGET_BYTES, CALLERS, crowd } from '../probe.ts';

const check: LabCheck = {
  id: 'within-budget',
  title: 'Keys and values keep to their memory',
  instruction: '2',
  points: 3,
  hint: 'How many bytes does one token take? Two (a key and a value) times layers times heads times numbers a head times bytes a number. /metrics of each pod has the most that was taken.',
  async run(context, signal) {
    const { peakBytes, pods } = await crowd(context, signal);
    return {
      passed: peakBytes > 0 && peakBytes <= BUDGET_BYTES,
      measured: `${mebibytes(peakBytes)} at the peak in ${pods} ${pods === 1 ? 'pod' : 'pods'}, with ${CALLERS} long requests at the same moment`,
      bar: `at most ${mebibytes(BUDGET_BYTES)}, all pods together`,
      why: 'The cache grows with every caller and every word. What has no limit finds one: the node ends the process, and all callers lose their answers at once.',
    };
  },
};

export default check;

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(2)} MiB`;
}
