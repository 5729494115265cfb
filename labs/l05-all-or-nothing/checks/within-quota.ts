import type { LabCheck } from '#labs/check-context.ts';
import { QUOTA, readQueue } from '../nights.ts';

const check: LabCheck = {
  id: 'within-quota',
  title: 'No more accelerators than there were',
  instruction: '1',
  points: 1,
  hint: 'Six slots are enough for one job at a time, with two to spare.',
  run(context) {
    const { slots } = readQueue(context);
    return Promise.resolve({
      passed: slots <= QUOTA,
      measured: `${slots} slots`,
      bar: `at most ${QUOTA}`,
      why: 'More slots move the deadlock to the day on which a third job is started, and cost money every day until then.',
    });
  },
};

export default check;
