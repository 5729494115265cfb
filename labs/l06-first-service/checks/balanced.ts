import type { LabCheck } from '#labs/check-context.ts';
import type { RequestResult } from '#load/report.ts';
import { followView, livePods } from '#labs/follow-view.ts';

const LEAST = 0.35;
const MOST = 0.65;

const check: LabCheck = {
  id: 'balanced',
  title: 'Two pods share the work',
  instruction: '3',
  points: 2,
  hint: '`kubectl get pods` shows how many pods there are, and the cluster view the requests of each. `replicas` is the number you pay for.',
  async run({ cluster, notes }) {
    const results = notes.get('results') as readonly RequestResult[];
    const view = await followView(cluster);
    view.stop();
    const shares = toShares(results);
    const pods = livePods(view.current).map(({ name }) => name);
    const idle = pods.filter((name) => !shares.has(name));
    const within = [...shares.values()].every((share) => share >= LEAST && share <= MOST);
    return {
      passed: within && shares.size === 2 && idle.length === 0 && pods.length === 2,
      measured: describe(shares, idle),
      bar: 'two pods, each with 35-65 % of the requests',
      why: 'One pod leaves nothing while it is replaced; a third costs half as much again and is not needed for this load.',
    };
  },
};

export default check;

function toShares(results: readonly RequestResult[]): Map<string, number> {
  const shares = new Map<string, number>();
  for (const { pod } of results) {
    if (pod) shares.set(pod, (shares.get(pod) ?? 0) + 1 / results.length);
  }
  return shares;
}

function describe(shares: ReadonlyMap<string, number>, idle: readonly string[]): string {
  const served = [...shares].map(([pod, share]) => `${pod} ${(share * 100).toFixed(0)} %`);
  return [...served, ...idle.map((pod) => `${pod} 0 %`)].join(', ');
}
