import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { p99In, trafficOf } from '../runs.ts';
import { COUNTED, MOST_P99 } from '../scenario.ts';

const check: LabCheck = {
  id: 'fast-enough',
  title: 'The slowest hundredth is quick enough',
  instruction: '2',
  points: 3,
  hint: 'Divide the load by the replicas: how busy is each? Waiting grows like 1 / (1 - utilisation), and simulate ordinary prints the p99 in S.',
  run(context) {
    const { serviceMs } = trafficOf(context);
    const days = context.notes.get('days') as readonly SimulationReport[];
    const tails = days.map((day) => p99In(serviceMs, day));
    return Promise.resolve({
      passed: Math.max(...tails) <= MOST_P99,
      measured: `p99 ${tails.map((tail) => tail.toFixed(2)).join(', ')} S in four runs of ${COUNTED.toLocaleString('en-GB')} requests; S is ${serviceMs.toFixed(2)} ms on this machine`,
      bar: `at most ${MOST_P99} S in each`,
      why: 'Utilisation is an average, and requests do not come one S apart. What is left over between the average and 100 % is what bunches are served from.',
    });
  },
};

export default check;
