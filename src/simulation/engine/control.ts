import { createScalingController } from '#autoscaling/controller.ts';
import type { ScalingMetric } from '#autoscaling/autoscaler.ts';
import type { Fault } from '../scenario.ts';
import { alive, killReplica, scalePool } from './pods.ts';
import { readMetric } from './metrics.ts';
import type { PoolState, World } from './world.ts';

/** Schedules everything that happens by itself: faults, autoscalers, the buckets of the timeline. */
export function scheduleControl(world: World): void {
  for (const fault of world.scenario.faults) if (fault.kind === 'kill') scheduleKill(world, fault);
  for (const pool of world.pools) scheduleAutoscaler(world, pool);
  scheduleBuckets(world);
}

function scheduleKill(world: World, fault: Extract<Fault, { kind: 'kill' }>): void {
  const kill = (): void => {
    const running = world.pools.flatMap(alive);
    const replica = running[fault.pod];
    if (replica) killReplica(world, replica);
  };
  world.events.schedule(fault.atMs, kill, undefined);
}

function scheduleAutoscaler(world: World, pool: PoolState): void {
  const { autoscaler, name } = pool.spec;
  if (!autoscaler) return;
  const controller = createScalingController(autoscaler);
  const periodMs = autoscaler.syncPeriodSeconds * 1000;
  const look = (): void => {
    const ready = pool.replicas.filter(({ state }) => state === 'ready');
    const values = (metric: ScalingMetric): readonly number[] | null =>
      readMetric(metric, ready, world, periodMs);
    const from = pool.wanted;
    const unready = alive(pool).length - ready.length;
    const decision = controller.decide({ at: world.now / 1000, current: from, unready, values });
    for (const replica of ready) {
      replica.seenReceived = replica.received;
      replica.seenBusyMs = replica.server.busyMs();
    }
    if (decision.replicas !== from) {
      world.recorder.scaled(world.now, name, from, decision.replicas, decision.reason);
      scalePool(world, pool, decision.replicas);
    }
    world.events.schedule(world.now + periodMs, look, undefined);
  };
  world.events.schedule(periodMs, look, undefined);
}

function scheduleBuckets(world: World): void {
  const { bucketMs } = world.scenario;
  const close = (): void => {
    const replicas = world.pools.reduce((sum, pool) => sum + pool.replicas.length, 0);
    world.recorder.bucketEnded(world.now, world.inFlight, world.ready.length, replicas);
    world.events.schedule(world.now + bucketMs, close, undefined);
  };
  world.events.schedule(bucketMs, close, undefined);
}
