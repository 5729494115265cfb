import type { ScalingRules } from './autoscaler.ts';

/** Replicas that were added or removed at one look. */
export interface ScalingEvent {
  readonly at: number;
  readonly change: number;
}

/** Most replicas that the policies of scaling up allow now. */
export function limitUp(
  rules: ScalingRules,
  ups: readonly ScalingEvent[],
  downs: readonly ScalingEvent[],
  at: number,
  current: number,
): number {
  return pick(rules, current, (policy) => {
    const start = startOf(policy.periodSeconds, ups, downs, at, current);
    if (policy.type === 'Pods') return start + policy.value;
    return Math.ceil(start * (1 + policy.value / 100));
  });
}

/** Fewest replicas that the policies of scaling down allow now. */
export function limitDown(
  rules: ScalingRules,
  ups: readonly ScalingEvent[],
  downs: readonly ScalingEvent[],
  at: number,
  current: number,
): number {
  const mirrored = { ...rules, selectPolicy: MIRROR[rules.selectPolicy] };
  return pick(mirrored, current, (policy) => {
    const start = startOf(policy.periodSeconds, ups, downs, at, current);
    if (policy.type === 'Pods') return start - policy.value;
    return Math.trunc(start * (1 - policy.value / 100));
  });
}

/** Of a fall, the policy that allows the most change gives the smallest number. */
const MIRROR = { Max: 'Min', Min: 'Max', Disabled: 'Disabled' } as const;

function pick(
  { selectPolicy, policies }: ScalingRules,
  current: number,
  limit: (policy: ScalingRules['policies'][number]) => number,
): number {
  if (selectPolicy === 'Disabled') return current;
  const limits = policies.map(limit);
  return selectPolicy === 'Max' ? Math.max(...limits) : Math.min(...limits);
}

/** Replicas at the start of the period that ends now. */
function startOf(
  periodSeconds: number,
  ups: readonly ScalingEvent[],
  downs: readonly ScalingEvent[],
  at: number,
  current: number,
): number {
  const changed = (events: readonly ScalingEvent[]): number =>
    events.reduce((sum, { at: then, change }) => sum + (then > at - periodSeconds ? change : 0), 0);
  return current - changed(ups) + changed(downs);
}
