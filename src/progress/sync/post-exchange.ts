import { sayAccount } from '#accounts/said-account.ts';
import { parseJson } from '#platform/parse-json.ts';
import { exchangeAnswerSchema, type Exchange, type ExchangeRequest } from './exchange.ts';
import { SyncError, type SyncErrorCode } from './sync-error.ts';

const url = '/api/progress/';

const codes: Readonly<Record<number, SyncErrorCode>> = {
  400: 'refused',
  401: 'signed-out',
  403: 'signed-out',
  409: 'another-account',
  413: 'refused',
  503: 'unavailable',
};

/** An answer that takes longer is none: a server whose database hangs must not keep a page waiting for ever. */
const answerLimitMs = 60_000;

/** Sends to this site's server, for one account. Rejects with a `SyncError`, or the signal's reason. */
export function postExchangeFor(account: string): Exchange {
  return async (request, signal) => {
    const response = await post(account, request, signal).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new SyncError('unreachable', cause);
    });
    if (!response.ok) throw new SyncError(codes[response.status] ?? 'failed', response.text);
    const answer = exchangeAnswerSchema.safeParse(parseJson(response.text));
    if (!answer.success) throw new SyncError('refused', answer.error);
    return answer.data;
  };
}

async function post(account: string, request: ExchangeRequest, signal: AbortSignal) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...sayAccount(account) },
    body: JSON.stringify(request),
    signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimitMs)]),
  });
  return { ok: response.ok, status: response.status, text: await response.text() };
}
