import type { Pool } from '../scenario.ts';
import { createBatchServer } from './batch-server.ts';
import { createQueueServer } from './queue-server.ts';
import type { PoolState, Replica, World } from './world.ts';

/** The pools of a scenario, without pods. */
export function createPools(specs: readonly Pool[]): PoolState[] {
  return specs.map((spec) => ({ spec, replicas: [], wanted: spec.replicas, created: 0 }));
}

/** Pods that are up before the run begins. */
export function startInitialPods(world: World): void {
  for (const pool of world.pools)
    while (pool.replicas.length < pool.wanted) becomeReady(world, createReplica(world, pool, 0));
}

/** Makes or ends pods until the pool has as many as it wants. */
export function scalePool(world: World, pool: PoolState, wanted: number): void {
  pool.wanted = wanted;
  while (alive(pool).length < wanted) startReplica(world, pool);
  while (alive(pool).length > wanted) stopReplica(world, chooseVictim(pool));
}

/** Ends a pod at once with everything in it, and starts the one that follows it. */
export function killReplica(world: World, replica: Replica): void {
  leaveEndpoints(world, replica);
  endReplica(world, replica);
  replica.server.end((attempt) => world.onLost(attempt, 'reset'));
  if (alive(replica.pool).length < replica.pool.wanted) startReplica(world, replica.pool);
}

/** A pod that was taken out of service ends once its last answer is sent. */
export function endIfDrained(world: World, replica: Replica): void {
  const { queued, running } = replica.server;
  if (replica.state === 'draining' && queued + running === 0) endReplica(world, replica);
}

/** Pods that exist and are not about to end. */
export function alive(pool: PoolState): Replica[] {
  return pool.replicas.filter(({ state }) => state === 'starting' || state === 'ready');
}

function startReplica(world: World, pool: PoolState): void {
  const replica = createReplica(world, pool, pool.spec.coldStartMs);
  const at = world.now + readyAfter(pool.spec);
  world.events.schedule(
    at,
    () => {
      if (replica.state === 'starting') becomeReady(world, replica);
    },
    undefined,
  );
}

/** The first probe that finds the pod started. */
function readyAfter({ coldStartMs, readiness }: Pool): number {
  if (!readiness) return 0;
  const { initialDelayMs, periodMs } = readiness;
  if (coldStartMs <= initialDelayMs) return initialDelayMs;
  if (periodMs === 0) return coldStartMs;
  return initialDelayMs + Math.ceil((coldStartMs - initialDelayMs) / periodMs) * periodMs;
}

function createReplica(world: World, pool: PoolState, startsInMs: number): Replica {
  const position = freePosition(pool);
  const number = pool.created++;
  const { server } = pool.spec;
  const self = (): Replica => replica;
  const replica: Replica = {
    pool,
    name: `${pool.spec.name}-${number}`,
    position,
    createdAt: world.now,
    answersFrom: world.now + startsInMs,
    factor: pool.spec.factors[position] ?? 1,
    server:
      server.kind === 'queue'
        ? createQueueServer(server, world, self)
        : createBatchServer(server, world, self),
    state: 'starting',
    outstanding: 0,
    latencyMs: 0,
    received: 0,
    answered: 0,
    seenReceived: 0,
    seenBusyMs: 0,
  };
  pool.replicas.push(replica);
  return replica;
}

function freePosition(pool: PoolState): number {
  const taken = new Set(alive(pool).map(({ position }) => position));
  let position = 0;
  while (taken.has(position)) position += 1;
  return position;
}

function becomeReady(world: World, replica: Replica): void {
  replica.state = 'ready';
  world.ready.push(replica);
}

/** As the ReplicaSet controller chooses: one that is not ready, else the youngest. */
function chooseVictim(pool: PoolState): Replica {
  const candidates = alive(pool);
  const starting = candidates.findLast(({ state }) => state === 'starting');
  return starting ?? (candidates.at(-1) as Replica);
}

function stopReplica(world: World, replica: Replica): void {
  leaveEndpoints(world, replica);
  replica.state = 'draining';
  endIfDrained(world, replica);
}

function leaveEndpoints(world: World, replica: Replica): void {
  const place = world.ready.indexOf(replica);
  if (place >= 0) world.ready.splice(place, 1);
}

function endReplica(world: World, replica: Replica): void {
  replica.state = 'gone';
  const { replicas } = replica.pool;
  replicas.splice(replicas.indexOf(replica), 1);
  world.recorder.podEnded(replica, world.now);
}
