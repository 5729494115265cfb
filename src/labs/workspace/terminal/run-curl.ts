import { parseCurl, type CurlRequest } from '../shell/curl-arguments.ts';
import type { Workbench } from '../state/workbench.svelte.ts';
import type { Output } from './run-call.ts';
import { curlFailure } from './curl-failure.ts';
import type { ShellCall } from './shell-client.ts';

interface Ended {
  readonly stderr: string;
  readonly exitCode: number;
}

/** One request through the gateway; the body is written as it arrives. Exit codes are curl's. */
export async function runCurl(
  bench: Workbench,
  call: ShellCall,
  output: Output,
  signal: AbortSignal,
): Promise<Ended> {
  const parsed = parseCurl(call.args, call.files, call.stdin);
  if (typeof parsed === 'string') return { stderr: `${parsed}\n`, exitCode: 2 };
  if (!URL.canParse(parsed.url)) {
    return { stderr: `curl: (3) URL is malformed: ${parsed.url}\n`, exitCode: 3 };
  }
  const limit = parsed.maxTime === null ? null : AbortSignal.timeout(parsed.maxTime * 1000);
  const until = limit ? AbortSignal.any([signal, limit]) : signal;
  const startedAt = performance.now();
  try {
    const cluster = await bench.cluster.open();
    const response = await cluster.fetch(toRequest(parsed, until));
    return await writeResponse(parsed, response, startedAt, output);
  } catch (error) {
    if (limit?.aborted) {
      const waited = Math.round(performance.now() - startedAt);
      return {
        stderr: `curl: (28) Operation timed out after ${waited} milliseconds\n`,
        exitCode: 28,
      };
    }
    if (signal.aborted) return { stderr: '', exitCode: 130 };
    return curlFailure(error instanceof Error ? error.message : String(error));
  }
}

function toRequest(parsed: CurlRequest, signal: AbortSignal): Request {
  const takesBody = parsed.method !== 'GET' && parsed.method !== 'HEAD';
  return new Request(parsed.url, {
    method: parsed.method,
    headers: parsed.headers.map(([name, value]): [string, string] => [name, value]),
    body: takesBody ? parsed.body : null,
    signal,
  });
}

async function writeResponse(
  parsed: CurlRequest,
  response: Response,
  startedAt: number,
  output: Output,
): Promise<Ended> {
  if (parsed.showHeaders) output.write(formatHead(response));
  const isRefused = parsed.fail && response.status >= 400;
  const isHidden = parsed.discard || parsed.headOnly || isRefused;
  const body = await writeBody(response, isHidden ? null : output);
  if (parsed.writeOut !== null) {
    const seconds = (performance.now() - startedAt) / 1000;
    output.write(formatWriteOut(parsed.writeOut, response.status, seconds, body.bytes));
  } else if (output.isLive && body.needsNewline) output.write('\n');
  if (!isRefused) return { stderr: '', exitCode: 0 };
  const stderr = `curl: (22) The requested URL returned error: ${response.status}\n`;
  return { stderr, exitCode: 22 };
}

async function writeBody(
  response: Response,
  output: Output | null,
): Promise<{ bytes: number; needsNewline: boolean }> {
  const decoder = new TextDecoder();
  let bytes = 0;
  let last = '';
  // WebKit's streams cannot be iterated over.
  const reader = response.body?.getReader();
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    bytes += read.value.byteLength;
    const text = decoder.decode(read.value, { stream: true });
    last = text || last;
    output?.write(text);
  }
  return { bytes, needsNewline: output !== null && last !== '' && !last.endsWith('\n') };
}

function formatHead(response: Response): string {
  const status = `HTTP/1.1 ${response.status} ${response.statusText}`.trimEnd();
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`);
  return `${[status, ...headers].join('\n')}\n\n`;
}

function formatWriteOut(format: string, status: number, seconds: number, bytes: number): string {
  return format
    .replaceAll(/%\{(?:http_code|response_code)\}/g, String(status))
    .replaceAll('%{time_total}', seconds.toFixed(6))
    .replaceAll('%{size_download}', String(bytes))
    .replaceAll(String.raw`\n`, '\n')
    .replaceAll(String.raw`\t`, '\t');
}
