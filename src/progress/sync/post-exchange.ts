import { exchangeAnswerSchema, type Exchange } from './exchange.ts';
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

/** Sends to this site's server, for one account. Rejects with a `SyncError`, or the signal's reason. */
export function postExchangeFor(account: string): Exchange {
  return async (request, signal) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'X-Day-Two-Account': account },
      body: JSON.stringify(request),
      signal,
    }).catch((cause: unknown) => {
      signal.throwIfAborted();
      throw new SyncError('unreachable', cause);
    });
    if (!response.ok)
      throw new SyncError(codes[response.status] ?? 'failed', await response.text());
    return exchangeAnswerSchema.parse(await response.json());
  };
}
