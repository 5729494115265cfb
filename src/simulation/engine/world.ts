import type { Pool, Scenario } from '../scenario.ts';
import type { Decider } from './decider.ts';
import type { EventHeap } from './event-heap.ts';
import type { Outcome, Recorder } from './recorder.ts';

/** A client's request from the moment it was due. Objects are used again, so a run needs few. */
export interface Request {
  dueAt: number;
  /** Milliseconds on an idle replica of speed 1. */
  demand: number;
  promptTokens: number;
  outputTokens: number;
  /** Attempts begun so far. */
  attempts: number;
  attempt: Attempt | null;
  /** A retry is scheduled. */
  isWaiting: boolean;
  isOver: boolean;
  firstTokenAt: number;
  serial: number;
}

/** One try of a request on one replica. It outlives its client when the replica still works on it. */
export interface Attempt {
  request: Request | null;
  replica: Replica | null;
  sentAt: number;
  demand: number;
  promptTokens: number;
  outputTokens: number;
  /** The replica is done with it and the answer is on its way. */
  isServed: boolean;
  /** Of a batch: tokens made so far. */
  made: number;
  next: Attempt | null;
  serial: number;
}

/** What serves inside a replica. */
export interface Server {
  /** false when its queue is full. */
  accept(attempt: Attempt): boolean;
  /** The client of this attempt has gone. */
  abandon(attempt: Attempt): void;
  /** Gives up everything that is in it; each one is handed to `onLost`. */
  end(onLost: (attempt: Attempt) => void): void;
  readonly queued: number;
  readonly running: number;
  /** Milliseconds x places that were busy until now, over the places there are. */
  busyMs(): number;
  /** Share of the KV memory that is reserved, 0..1; 0 where there is none. */
  kvUsage(): number;
}

export interface Replica {
  readonly pool: PoolState;
  readonly name: string;
  /** Place among the pool's pods: a pod that follows another takes over its node. */
  readonly position: number;
  readonly createdAt: number;
  /** Before this it refuses connections. */
  readonly answersFrom: number;
  readonly factor: number;
  readonly server: Server;
  state: 'starting' | 'ready' | 'draining' | 'gone';
  /** Attempts that the gateway has sent here and that have not ended. */
  outstanding: number;
  /** Moving average over the answers that the gateway saw, milliseconds; 0 before the first. */
  latencyMs: number;
  received: number;
  answered: number;
  seenReceived: number;
  seenBusyMs: number;
}

export interface PoolState {
  readonly spec: Pool;
  readonly replicas: Replica[];
  wanted: number;
  created: number;
}

/** Everything that a run changes. */
export interface World {
  now: number;
  readonly scenario: Scenario;
  readonly events: EventHeap;
  readonly recorder: Recorder;
  readonly decider: Decider;
  readonly pools: readonly PoolState[];
  /** In the order in which they became ready. */
  readonly ready: Replica[];
  /** Requests that are due and have not ended. */
  inFlight: number;
  /** What the client sees: an attempt has ended on its replica. */
  onServed(attempt: Attempt): void;
  onLost(attempt: Attempt, outcome: Outcome): void;
  onFirstToken(attempt: Attempt): void;
  /** The replica is done with an attempt whose client had gone. */
  recycle(attempt: Attempt): void;
  /** How many times as long everything takes on this replica now. */
  slowness(replica: Replica): number;
  /** Set by a decision that cannot be carried out; the run ends after this event. */
  stoppedBy: string | null;
}
