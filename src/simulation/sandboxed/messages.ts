import type { Scenario } from '../scenario.ts';

/** To the sandbox. */
export type PolicyCommand =
  | { readonly t: 'start'; readonly scenario: Scenario; readonly code: string }
  /** One more chunk may be sent. */
  | { readonly t: 'go' };

/** From the sandbox: hostile. */
export type PolicyNews =
  | { readonly t: 'ready'; readonly hasAdmission: boolean }
  /** There will be no more decisions. */
  | { readonly t: 'failed'; readonly message: string }
  | {
      readonly t: 'chunk';
      /** Events in which the decisions were made. */
      readonly events: number;
      /** In the order in which they were asked for. */
      readonly decisions: Float64Array;
      /** Why the last decision is none. */
      readonly message: string | null;
      readonly isOver: boolean;
    }
  | { readonly t: 'log'; readonly text: string };

/** Decisions as numbers: a position for `pick`, one of these for `admit`, any number or these for `signal`. */
export const DECISION = { no: 0, yes: 1, failed: -Infinity } as const;
/** Most events in a chunk. */
export const CHUNK_EVENTS = 2_048;
/** An event makes few decisions, except a look of an autoscaler: one for each pod and metric. */
export const MOST_DECISIONS = 4 * CHUNK_EVENTS;
/** Chunks that may be on their way. */
export const CHUNKS_AHEAD = 8;
