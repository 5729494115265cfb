import type { Failure } from '../exchange-failure.ts';

/** Header names and values in order, as `Headers` iterates them. */
export type HeaderPairs = readonly (readonly [string, string])[];

export interface RequestHead {
  readonly t: 'request';
  readonly id: number;
  readonly method: string;
  readonly url: string;
  readonly headers: HeaderPairs;
  /** The whole body when `more` is false, else its first bytes. */
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly more: boolean;
}

export interface ResponseHead {
  readonly t: 'response';
  readonly id: number;
  readonly status: number;
  readonly headers: HeaderPairs;
  readonly body: Uint8Array<ArrayBuffer> | null;
  readonly more: boolean;
}

/** Everything that one side may say to the other about one exchange. */
export type Wire =
  | RequestHead
  | ResponseHead
  | { readonly t: 'chunk'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly t: 'end'; readonly id: number }
  | { readonly t: 'credit'; readonly id: number; readonly bytes: number }
  | { readonly t: 'cancel'; readonly id: number }
  | {
      readonly t: 'failed';
      readonly id: number;
      readonly failure: Failure;
      readonly message: string;
    };

type Of<T extends Wire['t']> = Extract<Wire, { t: T }>;

export type Post = (message: Wire, transfer?: Transferable[]) => void;

/** Bytes that may be under way in one direction of one exchange. */
export const WINDOW_BYTES = 256 * 1024;
/** The largest piece a streamed body is cut into. */
export const CHUNK_BYTES = 64 * 1024;

const MAX_HEADERS = 128;
const MAX_HEADER_BYTES = 64 * 1024;
const MAX_URL = 16 * 1024;
const FAILURES: ReadonlySet<unknown> = new Set(['reset', 'timeout', 'bad-response', 'cancelled']);

const wellFormed = new Map<unknown, (message: never) => boolean>([
  [
    'request',
    (head: RequestHead) => isText(head.method, 32) && isText(head.url, MAX_URL) && isHead(head),
  ],
  ['response', (head: ResponseHead) => isStatus(head.status) && isHead(head)],
  ['chunk', ({ bytes }: Of<'chunk'>) => bytes instanceof Uint8Array],
  ['credit', ({ bytes }: Of<'credit'>) => Number.isSafeInteger(bytes) && bytes > 0],
  [
    'failed',
    ({ failure, message }: Of<'failed'>) => FAILURES.has(failure) && isText(message, 4096),
  ],
  ['end', () => true],
  ['cancel', () => true],
]);

/**
 * The message, or null when it is not one of this protocol. By hand, because it is on the path of
 * every request and the other side may be hostile: structured clone gives plain own properties.
 */
export function readWire(data: unknown): Wire | null {
  if (typeof data !== 'object' || data === null) return null;
  const message = data as Wire;
  if (!Number.isSafeInteger(message.id)) return null;
  return wellFormed.get(message.t)?.(message as never) ? message : null;
}

/** `new Response` takes 200 to 599 only. */
function isStatus(status: unknown): boolean {
  return Number.isInteger(status) && Number(status) >= 200 && Number(status) <= 599;
}

function isHead(message: RequestHead | ResponseHead): boolean {
  const { body, more, headers } = message;
  return (
    typeof more === 'boolean' &&
    (body === null || body instanceof Uint8Array) &&
    areHeaders(headers)
  );
}

function areHeaders(headers: unknown): boolean {
  if (!Array.isArray(headers) || headers.length > MAX_HEADERS) return false;
  let size = 0;
  for (const pair of headers as unknown[]) {
    if (!isPair(pair)) return false;
    size += pair[0].length + pair[1].length;
  }
  return size <= MAX_HEADER_BYTES;
}

function isPair(pair: unknown): pair is [string, string] {
  return (
    Array.isArray(pair) &&
    pair.length === 2 &&
    typeof pair[0] === 'string' &&
    typeof pair[1] === 'string'
  );
}

function isText(value: unknown, limit: number): boolean {
  return typeof value === 'string' && value.length <= limit;
}
