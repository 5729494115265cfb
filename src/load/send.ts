import type { Load } from './schedule.ts';
import type { StreamTimes } from './report.ts';

/** What the target answered. */
export interface Answer {
  readonly status: number;
  readonly pod: string | null;
  /** The answer's text when the plan keeps answers, else null. */
  readonly text: string | null;
  /** The gateway said it itself. */
  readonly isFromGateway?: boolean;
  /** For a status of 400 and above: what the answer said. */
  readonly reason?: string | null;
  /** When the answer was a stream that the plan follows; its times are the clock's. */
  readonly stream?: StreamTimes | null;
}

/**
 * Sends one request with the given body and resolves at the end of the answer. Rejects when the
 * exchange broke off, with `SendFailed` where it knows more. It must stop when the signal aborts.
 */
export type Send = (body: string | null, signal: AbortSignal, load: Load) => Promise<Answer>;

/** No answer came, and it is known why. */
export class SendFailed extends Error {
  readonly outcome: 'unknown-host' | 'refused' | 'reset' | 'timeout';

  constructor(outcome: SendFailed['outcome'], message: string) {
    super(message);
    this.name = 'SendFailed';
    this.outcome = outcome;
  }
}
