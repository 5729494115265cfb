import { NO_DECISION } from './decider.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import type { Outcome } from './recorder.ts';
import { createRetryBudget } from './retry-budget.ts';
import type { Attempt, Replica, Request, World } from './world.ts';

/** The clients' side of a run: requests come in, are sent, tried again and answered. */
export interface Client {
  readonly requestDeadlines: Deadlines<Request>;
  readonly tryDeadlines: Deadlines<Attempt>;
  arrive(dueAt: number): void;
  onServed(attempt: Attempt): void;
  onLost(attempt: Attempt, outcome: Outcome): void;
  onFirstToken(attempt: Attempt): void;
  recycle(attempt: Attempt): void;
}

export interface ClientDraws {
  readonly demand: () => number;
  readonly promptTokens: () => number;
  readonly outputTokens: () => number;
  readonly jitter: () => number;
  readonly error: () => number;
}

const SMOOTHING = 0.2;

/** Clients of a world. `world` may be incomplete as long as nothing arrives. */
export function createClient(world: World, draws: ClientDraws): Client {
  const { scenario, decider, recorder } = world;
  const { retry, timeoutMs } = scenario;
  const perTryMs = retry?.perTryTimeoutMs ?? null;
  const budget = createRetryBudget(retry);
  const errors = scenario.faults.filter((fault) => fault.kind === 'errors');
  const restingRequests: Request[] = [];
  const restingAttempts: Attempt[] = [];

  const requestDeadlines = createDeadlines<Request>((request) => {
    if (request.attempt) letGo(request.attempt);
    end(request, 'timeout', null);
  });
  const tryDeadlines = createDeadlines<Attempt>((attempt) => {
    const { request } = attempt;
    if (!request) return;
    letGo(attempt);
    fail(request, 'timeout', null);
  });

  const send = (request: Request): void => {
    request.attempts += 1;
    recorder.sent(world.now, request.attempts > 1);
    if (hasError()) return fail(request, 'error', null);
    if (world.ready.length === 0) return fail(request, 'no-endpoints', null);
    const replica = choose(request);
    if (!replica) return end(request, 'error', null);
    replica.received += 1;
    if (world.now < replica.answersFrom) return fail(request, 'reset', replica);
    const attempt = takeAttempt(request, replica);
    if (!replica.server.accept(attempt)) {
      detach(attempt);
      recycle(attempt);
      return fail(request, 'shed', replica);
    }
    if (perTryMs !== null) tryDeadlines.add(world.now + perTryMs, attempt);
  };
  const choose = (request: Request): Replica | null => {
    const position = decider.pick(world.ready, request, world.now);
    const replica = world.ready[position];
    if (replica) return replica;
    world.stoppedBy = decider.explain() ?? NO_DECISION;
    return null;
  };
  const isAdmitted = (request: Request): boolean => {
    if (!decider.admit) return true;
    const admitted = decider.admit(request, world.ready, world.now);
    if (admitted === null) world.stoppedBy = decider.explain() ?? NO_DECISION;
    return admitted ?? false;
  };
  const hasError = (): boolean => {
    for (const { fromMs, untilMs, share } of errors)
      if (world.now >= fromMs && world.now < untilMs && draws.error() < share) return true;
    return false;
  };

  /** The attempt failed as its client sees it: try again, or give the failure back. */
  const fail = (request: Request, outcome: Outcome, replica: Replica | null): void => {
    if (!retry || request.attempts >= retry.maxAttempts || !budget.take(world.now))
      return end(request, outcome, replica);
    const backoff = Math.min(retry.backoffMaxMs, retry.backoffBaseMs * 2 ** (request.attempts - 1));
    const wait = retry.jitter === 'full' ? backoff * draws.jitter() : backoff;
    request.isWaiting = true;
    world.events.schedule(world.now + wait, again, request);
  };
  const again = (request: Request): void => {
    request.isWaiting = false;
    if (request.isOver) restingRequests.push(request);
    else send(request);
  };
  const end = (request: Request, outcome: Outcome, replica: Replica | null): void => {
    world.inFlight -= 1;
    recorder.ended(world.now, world.inFlight, request, outcome, replica);
    request.isOver = true;
    request.serial += 1;
    if (!request.isWaiting) restingRequests.push(request);
  };

  /** The gateway no longer waits for this attempt. */
  const detach = (attempt: Attempt): void => {
    const { request, replica } = attempt;
    if (request) request.attempt = null;
    if (replica) replica.outstanding -= 1;
    attempt.request = null;
    attempt.serial += 1;
  };
  const letGo = (attempt: Attempt): void => {
    detach(attempt);
    if (!attempt.isServed) attempt.replica?.server.abandon(attempt);
  };
  const recycle = (attempt: Attempt): void => {
    attempt.replica = null;
    restingAttempts.push(attempt);
  };

  const takeRequest = (dueAt: number): Request => {
    const request = restingRequests.pop() ?? newRequest();
    request.dueAt = dueAt;
    request.demand = draws.demand();
    request.promptTokens = draws.promptTokens();
    request.outputTokens = draws.outputTokens();
    request.attempts = 0;
    request.isOver = false;
    request.firstTokenAt = -1;
    return request;
  };
  const takeAttempt = (request: Request, replica: Replica): Attempt => {
    const attempt = restingAttempts.pop() ?? newAttempt();
    attempt.request = request;
    attempt.replica = replica;
    attempt.sentAt = world.now;
    attempt.demand = request.demand;
    attempt.promptTokens = request.promptTokens;
    attempt.outputTokens = request.outputTokens;
    attempt.isServed = false;
    attempt.made = 0;
    request.attempt = attempt;
    replica.outstanding += 1;
    return attempt;
  };

  return {
    requestDeadlines,
    tryDeadlines,
    arrive(dueAt) {
      const request = takeRequest(dueAt);
      world.inFlight += 1;
      recorder.arrived(world.now, world.inFlight);
      budget.deposit(world.now);
      if (timeoutMs !== null) requestDeadlines.add(dueAt + timeoutMs, request);
      if (isAdmitted(request)) send(request);
      else end(request, 'rejected', null);
    },
    onServed(attempt) {
      const { request, replica } = attempt;
      if (!request || !replica) return;
      const took = world.now - attempt.sentAt;
      replica.latencyMs =
        replica.answered === 0 ? took : replica.latencyMs + SMOOTHING * (took - replica.latencyMs);
      replica.answered += 1;
      detach(attempt);
      recycle(attempt);
      end(request, 'ok', replica);
    },
    onLost(attempt, outcome) {
      const { request, replica } = attempt;
      if (request) {
        detach(attempt);
        fail(request, outcome, replica);
      }
      recycle(attempt);
    },
    onFirstToken({ request }) {
      if (request && request.firstTokenAt < 0) request.firstTokenAt = world.now;
    },
    recycle,
  };
}

function newRequest(): Request {
  return {
    dueAt: 0,
    demand: 0,
    promptTokens: 0,
    outputTokens: 0,
    attempts: 0,
    attempt: null,
    isWaiting: false,
    isOver: false,
    firstTokenAt: -1,
    serial: 0,
  };
}

function newAttempt(): Attempt {
  return {
    request: null,
    replica: null,
    sentAt: 0,
    demand: 0,
    promptTokens: 0,
    outputTokens: 0,
    isServed: false,
    made: 0,
    next: null,
    serial: 0,
  };
}
