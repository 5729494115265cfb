import type { LabCheck } from '#labs/check-context.ts';
import type { SimulationReport } from '#simulation/report.ts';
import { countReplicas, poolsOf, runSurges, trafficOf } from '../runs.ts';
import { SURGE_LOAD, USEFUL_WITHIN } from '../scenario.ts';

const LEAST = 0.85;

const check: LabCheck = {
  id: 'holds-in-a-surge',
  title: 'In a surge the pods still do useful work',
  instruction: '3',
  points: 3,
  hint: 'Whoever is let in at the end of a full queue waits for all the others: about as many S as there are places. simulate surge shows how many answers were still of use.',
  async run(context, signal) {
    const pools = poolsOf(context);
    const surges = await runSurges(context, pools, signal);
    const { serviceMs } = trafficOf(context);
    const possible = (Math.min(SURGE_LOAD, countReplicas(pools)) * 1000) / serviceMs;
    const useful = surges.map(
      ({ goodput }: SimulationReport) => (goodput?.perSecond ?? 0) / possible,
    );
    const percents = useful.map((share) => `${Math.round(share * 100)}`);
    return {
      passed: Math.min(...useful) >= LEAST,
      measured: `at ${SURGE_LOAD} mu, answers within ${USEFUL_WITHIN} S were ${percents.join(', ')} % of what the pods can do, in four runs`,
      bar: `at least ${LEAST * 100} % in each`,
      why: 'A pod that works on requests whose callers have gone is as busy as ever and of no use. A full queue must refuse while the refusal is still quick.',
    };
  },
};

export default check;
