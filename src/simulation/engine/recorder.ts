import type { Replica, Request } from './world.ts';

/** How a request ended, as its client sees it. */
export type Outcome =
  | 'ok'
  /** The client's patience, or that of each try, ran out. */
  | 'timeout'
  /** Queue full. */
  | 'shed'
  /** The pod ended while it had the request. */
  | 'reset'
  | 'error'
  | 'no-endpoints'
  /** Turned away by the learner's admission. */
  | 'rejected';

/** Follows a run and changes nothing in it. */
export interface Recorder {
  arrived(now: number, inFlight: number): void;
  sent(now: number, isRetry: boolean): void;
  ended(
    now: number,
    inFlight: number,
    request: Request,
    outcome: Outcome,
    replica: Replica | null,
  ): void;
  /** The pod no longer exists. */
  podEnded(replica: Replica, now: number): void;
  scaled(now: number, pool: string, from: number, to: number, reason: string): void;
  bucketEnded(now: number, inFlight: number, ready: number, replicas: number): void;
}

const nothing = (): void => {};

/** For the run inside the sandbox, whose results nobody believes. */
export const forgetful: Recorder = {
  arrived: nothing,
  sent: nothing,
  ended: nothing,
  podEnded: nothing,
  scaled: nothing,
  bucketEnded: nothing,
};
