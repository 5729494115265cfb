import type { LabCheck } from '#labs/check-context.ts';
import type { QueueReport } from '../start/simulate-queue.ts';

const MOST = 5;

const check: LabCheck = {
  id: 'no-idle-hold',
  title: 'Nobody holds slots without taking steps',
  instruction: '2',
  points: 2,
  hint: "curl 'http://queue/run?late=20': who holds slots while the other one runs?",
  run({ notes }) {
    const nights = notes.get('nights') as readonly QueueReport[];
    const idle = nights
      .flatMap(({ jobs }) => jobs)
      .toSorted((a, b) => b.longestIdle - a.longestIdle);
    const worst = idle[0];
    const longest = worst?.longestIdle ?? Infinity;
    return Promise.resolve({
      passed: longest <= MOST,
      measured: `${worst?.name ?? 'a job'} held slots for ${longest.toFixed(1)} s in a row without a step`,
      bar: `at most ${MOST} s, starting up included, in each night`,
      why: 'A held slot is paid for. Two of them beside a running job cost half as much as the job.',
    });
  },
};

export default check;
