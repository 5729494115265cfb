import { SendFailed } from '#load/send.ts';
import { ExchangeFailed } from '#pods/exchange-failure.ts';

const KINDS = [
  ['unknown-host', /^getaddrinfo ENOTFOUND /],
  ['refused', /^connect ECONNREFUSED /],
] as const;

/** What kind of failure an exchange ended with, as the load report tells them apart. */
export function explainFailure(error: unknown): SendFailed {
  const message = error instanceof Error ? error.message : String(error);
  if (!(error instanceof ExchangeFailed)) return new SendFailed('reset', message);
  const [kind] = KINDS.find(([, words]) => words.test(message)) ?? [];
  if (kind) return new SendFailed(kind, message);
  return new SendFailed(error.failure === 'timeout' ? 'timeout' : 'reset', message);
}
