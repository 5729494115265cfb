import { createRandom } from '#load/random.ts';
import type { Fault, Scenario } from '../scenario.ts';
import { createClient, type Client, type ClientDraws } from './client.ts';
import { scheduleControl } from './control.ts';
import type { Decider } from './decider.ts';
import { drawArrivals, drawService, drawTokens } from './draws.ts';
import { createEventHeap } from './event-heap.ts';
import { createPools, endIfDrained, startInitialPods } from './pods.ts';
import type { Recorder } from './recorder.ts';
import type { Attempt, Replica, World } from './world.ts';

/** A run in virtual time that can be taken in pieces. */
export interface Run {
  readonly world: World;
  /** Handles at most this many events; gives how many there were, fewer only when the run is over. */
  advance(events: number): number;
  isOver(): boolean;
}

/** A run at time 0. Nothing in it depends on anything but the scenario and the decisions. */
export function createRun(scenario: Scenario, decider: Decider, recorder: Recorder): Run {
  const world = createWorld(scenario, decider, recorder);
  const client = createClient(world, createDraws(scenario));
  connect(world, client);
  startInitialPods(world);
  scheduleControl(world);
  const nextArrival = drawArrivals(scenario.arrivals, createRandom(scenario.seed, 'arrivals'));
  const endsAt = scenario.endsAtMs ?? Infinity;
  const { events } = world;
  const { requestDeadlines, tryDeadlines } = client;
  let arrivesAt = nextArrival();
  let isOver = false;

  /** At equal times: what was under way, then the deadlines, then the newcomer. */
  const next = (): boolean => {
    if (arrivesAt === Infinity && world.inFlight === 0) return false;
    const event = events.nextAt();
    const deadline = requestDeadlines.nextAt();
    const tryDeadline = tryDeadlines.nextAt();
    const at = Math.min(event, deadline, tryDeadline, arrivesAt);
    if (at > endsAt || world.stoppedBy !== null) return false;
    world.now = at;
    if (at === event) events.runNext();
    else if (at === deadline) requestDeadlines.runNext();
    else if (at === tryDeadline) tryDeadlines.runNext();
    else {
      arrivesAt = nextArrival();
      client.arrive(at);
    }
    return true;
  };

  return {
    world,
    advance(most) {
      let count = 0;
      while (count < most && !isOver) {
        if (next()) count += 1;
        else isOver = true;
      }
      return count;
    },
    isOver: () => isOver,
  };
}

function createWorld(scenario: Scenario, decider: Decider, recorder: Recorder): World {
  const unconnected = (): never => {
    throw new Error('The world has no clients yet.');
  };
  return {
    now: 0,
    scenario,
    events: createEventHeap(),
    recorder,
    decider,
    pools: createPools(scenario.pools),
    ready: [],
    inFlight: 0,
    onServed: unconnected,
    onLost: unconnected,
    onFirstToken: unconnected,
    recycle: unconnected,
    slowness: ({ factor }) => factor,
    stoppedBy: null,
  };
}

function connect(world: World, client: Client): void {
  const slowdowns = world.scenario.faults.filter((fault) => fault.kind === 'slowdown');
  const drained = (replica: Replica | null): void => {
    if (replica?.state === 'draining') endIfDrained(world, replica);
  };
  const deliver = (attempt: Attempt): void => {
    if (attempt.request) client.onServed(attempt);
    else client.recycle(attempt);
  };
  world.onServed = (attempt) => {
    const { replica } = attempt;
    const overheadMs = replica?.pool.spec.overheadMs ?? 0;
    attempt.isServed = true;
    if (overheadMs > 0) world.events.schedule(world.now + overheadMs, deliver, attempt);
    else client.onServed(attempt);
    drained(replica);
  };
  world.recycle = (attempt) => {
    const { replica } = attempt;
    client.recycle(attempt);
    drained(replica);
  };
  world.onLost = (attempt, outcome) => client.onLost(attempt, outcome);
  world.onFirstToken = (attempt) => client.onFirstToken(attempt);
  if (slowdowns.length > 0) world.slowness = (replica) => slownessAt(world.now, replica, slowdowns);
}

function slownessAt(
  now: number,
  { factor, position }: Replica,
  slowdowns: readonly Extract<Fault, { kind: 'slowdown' }>[],
): number {
  let slowness = factor;
  for (const { fromMs, untilMs, pod, factor: more } of slowdowns)
    if (now >= fromMs && now < untilMs && (pod === null || pod === position)) slowness *= more;
  return slowness;
}

/** Everything is drawn for the request, whoever serves it: two policies meet the same requests. */
function createDraws({ seed, work }: Scenario): ClientDraws {
  const stream = (name: string): (() => number) => createRandom(seed, name);
  const none = (): number => 0;
  const draws = { jitter: stream('jitter'), error: stream('errors') };
  if (work.kind === 'time') {
    const demand = drawService(work.service, stream('service'));
    return { ...draws, demand, promptTokens: none, outputTokens: none };
  }
  return {
    ...draws,
    demand: none,
    promptTokens: drawTokens(work.prompt, stream('prompt')),
    outputTokens: drawTokens(work.output, stream('output')),
  };
}
