import type { Clock } from './clock.ts';
import { createDeadlines } from './deadlines.ts';
import { bodiesOf, type LoadPlan } from './plan.ts';
import type { Outcome, RequestResult, StreamTimes } from './report.ts';
import type { Load } from './schedule.ts';
import { SendFailed, type Answer, type Send } from './send.ts';

export interface ExchangeOptions {
  readonly plan: LoadPlan;
  readonly send: Send;
  readonly clock: Clock;
  /** The run's beginning in the clock's time. */
  readonly start: number;
  readonly onSent: () => void;
  readonly onEnded: (result: RequestResult) => void;
}

/** The requests of one run that are on their way. */
export interface Exchanges {
  /** Sends the request now, or queues it while the plan's cap is reached; resolves when it has ended. */
  begin(scheduledAt: number, load: Load): Promise<RequestResult>;
  /** Ends everything on its way as cancelled. */
  cancelAll(): void;
  readonly mostInFlight: number;
  readonly longestQueue: number;
}

interface Exchange {
  readonly scheduledAt: number;
  readonly beganAt: number;
  /** In the clock's time. */
  readonly deadline: number;
  readonly load: Load;
  readonly resolve: (result: RequestResult) => void;
  disarm: () => void;
  /** null while it waits for the cap. */
  sentAt: number | null;
  abort: AbortController | null;
  isOver: boolean;
}

type Ending = Pick<RequestResult, 'outcome'> & Partial<Omit<RequestResult, 'outcome'>>;

/** Different reasons that are kept word by word; a run with more has said enough. */
const MOST_REASONS = 64;

/** None yet. */
export function createExchanges(options: ExchangeOptions): Exchanges {
  const { plan, clock, start, send } = options;
  const cap = plan.maxInFlight ?? Infinity;
  const bodies = bodiesOf(plan);
  const deadlines = createDeadlines(clock);
  const keepReason = createReasons();
  const inFlight = new Set<Exchange>();
  const waiting = new Set<Exchange>();
  let [mostInFlight, longestQueue] = [0, 0];

  const dispatch = (exchange: Exchange) => {
    exchange.sentAt = clock.now() - start;
    exchange.abort = new AbortController();
    inFlight.add(exchange);
    mostInFlight = Math.max(mostInFlight, inFlight.size);
    options.onSent();
    const { signal } = exchange.abort;
    const body = bodies[exchange.load.body] ?? null;
    const sending = (async () => send(body, signal, exchange.load))();
    sending.then(
      (answer) => finish(exchange, fromAnswer(answer, start)),
      (error: unknown) => finish(exchange, fromError(error)),
    );
  };
  const finish = (exchange: Exchange, ending: Ending) => {
    if (exchange.isOver) return;
    exchange.isOver = true;
    exchange.disarm();
    const wasSent = inFlight.delete(exchange);
    waiting.delete(exchange);
    // A target that ignores the abort must not hold the run.
    if (ending.outcome === 'timeout' || ending.outcome === 'cancelled')
      exchange.abort?.abort(ending.outcome);
    const result = toResult(exchange, ending, clock.now() - start);
    const reason = result.reason === null ? null : keepReason(result.reason);
    const kept = { ...result, reason };
    if (wasSent) options.onEnded(kept);
    exchange.resolve(kept);
    sendNext();
  };
  const sendNext = () => {
    const [next] = waiting;
    // What is past its deadline is about to be told so by it.
    if (!next || inFlight.size >= cap || clock.now() >= next.deadline) return;
    waiting.delete(next);
    dispatch(next);
  };

  return {
    begin: (scheduledAt, load) =>
      new Promise((resolve) => {
        const deadline = start + scheduledAt + plan.timeoutSeconds * 1000;
        const exchange: Exchange = {
          scheduledAt,
          beganAt: clock.now() - start,
          deadline,
          load,
          resolve,
          disarm: () => {},
          sentAt: null,
          abort: null,
          isOver: false,
        };
        exchange.disarm = deadlines.add(deadline, () =>
          finish(exchange, { outcome: 'timeout', reason: describeTimeout(plan, exchange) }),
        );
        if (inFlight.size < cap) return dispatch(exchange);
        waiting.add(exchange);
        longestQueue = Math.max(longestQueue, waiting.size);
      }),
    cancelAll() {
      for (const exchange of [...waiting, ...inFlight]) finish(exchange, { outcome: 'cancelled' });
      deadlines.clear();
    },
    get mostInFlight() {
      return mostInFlight;
    },
    get longestQueue() {
      return longestQueue;
    },
  };
}

function toResult(exchange: Exchange, ending: Ending, endedAt: number): RequestResult {
  const { scheduledAt, beganAt, load } = exchange;
  const sentAt = exchange.sentAt ?? endedAt;
  return {
    scheduledAt,
    sentAt,
    endedAt,
    queuedFor: sentAt - beganAt,
    status: null,
    pod: null,
    isFromGateway: false,
    body: load.body === -1 ? null : load.body,
    tenant: load.tenant,
    key: load.key,
    answer: null,
    stream: null,
    reason: null,
    warmup: false,
    ...ending,
  };
}

function fromAnswer(answer: Answer, start: number): Ending {
  const { status, pod, text, isFromGateway = false, reason = null, stream = null } = answer;
  const isGood = status >= 200 && status < 400;
  return {
    outcome: isGood ? 'ok' : 'http-error',
    status,
    pod,
    answer: text,
    isFromGateway,
    reason: isGood ? null : reason,
    stream: stream && shift(stream, start),
  };
}

function shift(stream: StreamTimes, start: number): StreamTimes {
  const { firstTokenAt, lastTokenAt } = stream;
  return { ...stream, firstTokenAt: firstTokenAt - start, lastTokenAt: lastTokenAt - start };
}

function fromError(error: unknown): Ending {
  const outcome: Outcome = error instanceof SendFailed ? error.outcome : 'reset';
  return { outcome, reason: error instanceof Error ? error.message : String(error) };
}

function describeTimeout({ timeoutSeconds, maxInFlight }: LoadPlan, { sentAt }: Exchange): string {
  return sentAt === null
    ? `It waited ${timeoutSeconds} s in the client's own queue, behind ${maxInFlight} in flight, and was never sent.`
    : `No answer within ${timeoutSeconds} s of the scheduled time.`;
}

/** A million equal sentences would be kept a million times. */
function createReasons(): (reason: string) => string {
  const kept = new Map<string, string>();
  return (reason) => {
    const known = kept.get(reason);
    if (known !== undefined) return known;
    if (kept.size >= MOST_REASONS) return 'Another reason; the first ones are kept.';
    kept.set(reason, reason);
    return reason;
  };
}
