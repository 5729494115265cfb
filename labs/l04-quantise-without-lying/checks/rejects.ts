import type { LabCheck, LabCheckContext } from '#labs/check-context.ts';
import {
  decide,
  DECISIONS,
  LEAST_RIGHT,
  plantFault,
  putInFront,
  readModel,
  type Decided,
  type InFront,
} from '../promotion.ts';
import { MONTH } from '../start/gate.ts';

const check: LabCheck = {
  id: 'rejects',
  title: 'Your gate stops what must not pass',
  instruction: '2',
  points: 3,
  hint: 'For each candidate that came through: what is wrong with it, and which of your rules could see that? With how many tickets of that class?',
  async run(context, signal) {
    const bad = await badCandidates(context, signal);
    const { gate } = readModel(context);
    const decided = bad.map((candidate) => decide(gate, candidate, context.random));
    const [stopped, passed] = [decided.filter(isStopped), decided.filter((one) => !isStopped(one))];
    const lines = passed.map(
      ({ name, letThrough }) => `${name}: let through ${letThrough} times of ${DECISIONS}`,
    );
    if (stopped.length > 0) lines.push(`stopped: ${stopped.map(({ name }) => name).join(', ')}`);
    return {
      passed: passed.length === 0,
      measured: lines.join('\n'),
      bar: `each stopped at least ${LEAST_RIGHT} times of ${DECISIONS}, every time on another draw of the tickets`,
      why: 'The gate is what is left of your care when you are on holiday. It has to see a fault in one class, and not only today.',
    };
  },
};

export default check;

function isStopped({ letThrough }: Decided): boolean {
  return DECISIONS - letThrough >= LEAST_RIGHT;
}

async function badCandidates(
  context: LabCheckContext,
  signal: AbortSignal,
): Promise<readonly InFront[]> {
  const full = await putInFront(context, 'full', 'full (as large as before)', signal);
  const int2 = await putInFront(context, 'int2', 'int2', signal);
  const int8 = await putInFront(context, 'int8', 'int8', signal);
  const faulty = Object.keys(MONTH).map((name) => plantFault(int8, name, context.random));
  return [full, int2, ...faulty];
}
