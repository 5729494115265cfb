import type { LabCheck } from '#labs/check-context.ts';
import type { ScenarioInput } from '#simulation/scenario.ts';
import {
  countReplicas,
  countUnanswered,
  p99In,
  poolsOf,
  runOrdinaryDays,
  trafficOf,
} from '../runs.ts';
import { MOST_P99 } from '../scenario.ts';

/** With one pod fewer, room in line for those it would have served, so that only its speed is missed. */
const ROOM = 1000;

const check: LabCheck = {
  id: 'nothing-to-spare',
  title: 'There is no replica too many',
  instruction: '4',
  points: 2,
  hint: 'Take one away and simulate again. What does the p99 say?',
  async run(context, signal) {
    const pools = poolsOf(context);
    const fewer = withoutOne(pools);
    const days = await runOrdinaryDays(context, fewer, signal);
    const { serviceMs } = trafficOf(context);
    const worst = Math.max(...days.map((day) => p99In(serviceMs, day)));
    const refused = Math.max(...days.map(countUnanswered));
    const p99 = Number.isFinite(worst) ? `p99 ${worst.toFixed(2)} S` : `${refused} without answer`;
    return {
      passed: worst > MOST_P99 || refused > 0,
      measured: `${countReplicas(pools)} replicas; with ${countReplicas(fewer)}: ${p99}`,
      bar: `with one replica fewer the p99 is above ${MOST_P99} S, or somebody gets no answer`,
      why: 'A replica that nothing needs is paid for every hour. Spare ones for a node that fails are a decision of their own, with a figure of its own.',
    };
  },
};

export default check;

function withoutOne(pools: ScenarioInput['pools']): ScenarioInput['pools'] {
  const last = pools.findLastIndex(({ replicas }) => replicas > 0);
  return pools.map((pool, index) => {
    const { server } = pool;
    const roomy = server.kind === 'queue' ? { ...server, queueLimit: ROOM } : server;
    return { ...pool, server: roomy, replicas: pool.replicas - (index === last ? 1 : 0) };
  });
}
