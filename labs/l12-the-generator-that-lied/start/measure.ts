/** What is asked of the tester, and what goes wrong meanwhile. Seconds of virtual time. */
export interface Test {
  readonly rate: number;
  readonly seconds: number;
  /** The server answers nothing in this time; what waits is answered at its end. */
  readonly stall: Span;
  /** The machine of the tester itself stands still: nothing leaves it. */
  readonly pause: Span;
  readonly seed: number;
}

export interface Span {
  readonly at: number;
  readonly length: number;
}

/** loadtest.yaml. */
export interface Settings {
  readonly latencyFrom: 'scheduled' | 'sent';
  readonly timeoutSeconds: number;
  readonly timeouts: 'counted' | 'dropped';
  readonly maxInFlight: number | 'unlimited';
}

/** One call of `send`: when the request was due, and when `send` was called. Milliseconds. */
export interface Call {
  readonly due: number;
  readonly at: number;
}

/** One request on the wire. Milliseconds. */
export interface Exchange extends Call {
  readonly sentAt: number;
  readonly endedAt: number;
  readonly isAnswered: boolean;
}

/** Percentiles in milliseconds; Infinity where they fall among requests that got no answer. */
export interface Report {
  readonly sent: number;
  /** On the wire while the server stood still. */
  readonly sentInStall: number;
  /** Most requests that left within 100 ms. */
  readonly mostAtOnce: number;
  /** Requests in the percentiles. */
  readonly counted: number;
  readonly failed: number;
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
  readonly max: number;
}

/** The server takes this long for a request when it stands not still. */
const SERVICE_MS = 1;
const WINDOW_MS = 100;

/** The wire between tester and server: gives for each call in turn when it left and how it ended. */
export function createWire(test: Test, settings: Settings): (call: Call) => Exchange {
  const { maxInFlight, timeoutSeconds } = settings;
  const slots = maxInFlight === 'unlimited' ? null : new Float64Array(maxInFlight);
  return (call) => {
    const slot = slots ? slots.indexOf(Math.min(...slots)) : 0;
    const sentAt = Math.max(call.at, slots?.[slot] ?? 0);
    const answeredAt = answerTo(sentAt, test.stall);
    const deadline = sentAt + timeoutSeconds * 1000;
    const endedAt = Math.min(answeredAt, deadline);
    if (slots) slots[slot] = endedAt;
    return { ...call, sentAt, endedAt, isAnswered: answeredAt <= deadline };
  };
}

/** What the tester reports of these calls. */
export function measure(calls: readonly Call[], test: Test, settings: Settings): Report {
  const exchanges = calls.map(createWire(test, settings));
  const { latencyFrom, timeouts } = settings;
  const answered = exchanges.filter(({ isAnswered }) => isAnswered);
  const latencies = answered
    .map(({ due, sentAt, endedAt }) => endedAt - (latencyFrom === 'scheduled' ? due : sentAt))
    .sort((a, b) => a - b);
  const failed = timeouts === 'counted' ? exchanges.length - answered.length : 0;
  const counted = latencies.length + failed;
  const percentile = (share: number): number =>
    counted === 0 ? NaN : (latencies[Math.ceil(share * counted) - 1] ?? Infinity);
  return {
    sent: exchanges.length,
    sentInStall: exchanges.filter(({ sentAt }) => isInside(sentAt, test.stall)).length,
    mostAtOnce: findMostAtOnce(exchanges),
    counted,
    failed,
    p50: percentile(0.5),
    p99: percentile(0.99),
    p999: percentile(0.999),
    max: percentile(1),
  };
}

/** Whether a time in milliseconds lies in a span of seconds. */
export function isInside(at: number, span: Span): boolean {
  return at >= span.at * 1000 && at < (span.at + span.length) * 1000;
}

function answerTo(sentAt: number, stall: Span): number {
  const begins = isInside(sentAt, stall) ? (stall.at + stall.length) * 1000 : sentAt;
  return begins + SERVICE_MS;
}

function findMostAtOnce(exchanges: readonly Exchange[]): number {
  const sent = exchanges.map(({ sentAt }) => sentAt).sort((a, b) => a - b);
  let most = 0;
  let first = 0;
  sent.forEach((at, index) => {
    while (at - (sent[first] ?? at) >= WINDOW_MS) first += 1;
    most = Math.max(most, index - first + 1);
  });
  return most;
}
