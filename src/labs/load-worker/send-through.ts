import type { HttpConnection } from '#pods/http-port.ts';
import { readText, requestWithText } from '#pods/known-body.ts';
import type { Clock } from '#load/clock.ts';
import type { LoadPlan } from '#load/plan.ts';
import type { StreamTimes } from '#load/report.ts';
import type { Load } from '#load/schedule.ts';
import type { Send } from '#load/send.ts';
import { createTokenStream } from '#load/token-stream.ts';
import { explainFailure } from './explain-failure.ts';

const KEPT_CHARACTERS = 4096;
const REASON_CHARACTERS = 300;

interface Read {
  readonly text: string;
  readonly stream: StreamTimes | null;
}

/** Sends the plan's requests over the connection and reads every answer to its end. */
export function sendThrough(connection: HttpConnection, plan: LoadPlan, clock: Clock): Send {
  const { method, url, stream: format, keepAnswers } = plan.request;
  return async (body, signal, load) => {
    const headers = headersOf(plan, load);
    try {
      const init = { method, headers };
      const request =
        body === null ? new Request(url, init) : requestWithText(url, { ...init, body });
      const response = await connection.fetch(request, signal);
      const { status } = response;
      const { text, stream } =
        format && response.ok
          ? await readTokens(response, format, clock)
          : { text: await readText(response), stream: null };
      return {
        status,
        pod: response.headers.get('x-served-by'),
        text: keepAnswers ? text.slice(0, KEPT_CHARACTERS) : null,
        isFromGateway: response.headers.get('x-answered-by') === 'gateway',
        reason: status >= 400 ? text.slice(0, REASON_CHARACTERS).trim() : null,
        stream,
      };
    } catch (error) {
      throw explainFailure(error);
    }
  };
}

function headersOf({ request, mix }: LoadPlan, { tenant, key }: Load): Record<string, string> {
  if (!mix) return request.headers;
  const { tenants, keys } = mix;
  const name = tenant === null ? undefined : tenants?.of[tenant]?.name;
  return {
    ...request.headers,
    ...(tenants && name !== undefined ? { [tenants.header]: name } : {}),
    ...(keys && key !== null ? { [keys.header]: String(key) } : {}),
  };
}

async function readTokens(
  response: Response,
  format: 'sse' | 'ndjson',
  clock: Clock,
): Promise<Read> {
  const tokens = createTokenStream(format);
  const decoder = new TextDecoder();
  let text = '';
  if (response.body) {
    for await (const bytes of chunksOf(response.body)) {
      const piece = decoder.decode(bytes, { stream: true });
      tokens.push(piece, clock.now());
      if (text.length < KEPT_CHARACTERS) text += piece;
    }
  }
  return { text, stream: tokens.end(clock.now()) };
}

/** Not every engine can iterate a stream by itself. */
async function* chunksOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    yield value;
  }
}
