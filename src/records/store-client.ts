import XAPI, { type Statement } from '@xapi/xapi';
import type { RecordStore } from './settings.ts';

/** What a learning record store made of a statement. */
export type Delivery =
  /** It has it, now or already. */
  | { readonly kind: 'sent' }
  /** It has another statement with this id. */
  | { readonly kind: 'conflict'; readonly fault: string }
  /** It will never take it. */
  | { readonly kind: 'refused'; readonly fault: string }
  /** It did not take it this time. `isAlive`: it answered, so others may do better. */
  | { readonly kind: 'unavailable'; readonly fault: string; readonly isAlive: boolean };

const answerLimitMs = 10_000;

/** Hands statements to a learning record store. */
export function openStoreClient({ url, key, secret }: RecordStore) {
  const client = new XAPI({
    endpoint: url.endsWith('/') ? url : `${url}/`,
    auth: XAPI.toBasicAuth(key, secret),
    version: '1.0.3',
    adapter: request,
  });
  return {
    send: async (statement: Statement, signal?: AbortSignal): Promise<Delivery> => {
      try {
        const { status, data } = await client.sendStatement({ statement });
        return deliveryOf(status, String(data));
      } catch (error) {
        signal?.throwIfAborted();
        return { kind: 'unavailable', fault: reasonOf(error), isAlive: false };
      }
    },
  };
}

export type StoreClient = ReturnType<typeof openStoreClient>;

function deliveryOf(status: number, text: string): Delivery {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  const fault = `${status} ${text.slice(0, 300)}`.trim();
  if (status === 409) return { kind: 'conflict', fault };
  const mayPass = status >= 500 || [401, 403, 404, 408, 425, 429].includes(status);
  // Who is not let in is refused with every statement, and so is who is told to wait.
  if (mayPass) return { kind: 'unavailable', fault, isAlive: status >= 500 };
  return { kind: 'refused', fault };
}

/** The client's own way has no limit of time. An answer of any status is an answer here. */
async function request<Data>(asked: {
  method: string;
  url: string;
  headers?: Record<string, string>;
  data?: unknown;
}): Promise<{ data: Data; headers: Record<string, string>; status: number }> {
  const response = await fetch(asked.url, {
    method: asked.method,
    headers: { 'Content-Type': 'application/json', ...asked.headers },
    body: asked.data === undefined ? null : JSON.stringify(asked.data),
    // Basic authentication must not follow to another host.
    redirect: 'manual',
    signal: AbortSignal.timeout(answerLimitMs),
  });
  const data = (await response.text()) as Data;
  return { data, headers: Object.fromEntries(response.headers), status: response.status };
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message.slice(0, 300) : String(cause).slice(0, 300);
}
