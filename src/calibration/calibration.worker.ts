import { connectHttp } from '#pods/http-port.ts';
import { readText, requestWithText } from '#pods/known-body.ts';
import { calibrate } from './calibrate.ts';
import type { Calibration } from './calibration.ts';

/** A request as the lab sends it; the bodies are taken in turn. */
export interface CalibratedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly bodies: readonly string[];
}

export type CalibrationOrder =
  | {
      readonly t: 'start';
      readonly gateway: MessagePort;
      readonly request: CalibratedRequest;
      readonly cores: number;
    }
  | { readonly t: 'hidden' };

export type CalibrationAnswer =
  { readonly calibration: Calibration } | { readonly failure: string };

/** Who cancels ends this worker. */
const never = new AbortController().signal;
let isHidden = false;

onmessage = ({ data }: MessageEvent<CalibrationOrder>) => {
  if (data.t === 'hidden') isHidden = true;
  else void run(data);
};

async function run({ gateway, request, cores }: CalibrationOrder & { t: 'start' }): Promise<void> {
  const connection = connectHttp(gateway);
  let sent = 0;
  const ask = async (signal: AbortSignal): Promise<void> => {
    const response = await connection.fetch(toRequest(request, sent++), signal);
    const text = await readText(response);
    if (response.ok) return;
    throw new Error(`HTTP ${response.status} from ${request.url}: ${text.slice(0, 200).trim()}`);
  };
  const wasHidden = (): boolean => {
    const was = isHidden;
    isHidden = false;
    return was;
  };
  const now = (): number => performance.now();
  try {
    const calibration = await calibrate({ ask, now, rest, signal: never, wasHidden, cores });
    postMessage({ calibration } satisfies CalibrationAnswer);
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    postMessage({ failure } satisfies CalibrationAnswer);
  } finally {
    connection.close(new DOMException('The calibration is over.', 'AbortError'));
  }
}

function rest(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function toRequest({ method, url, headers, bodies }: CalibratedRequest, number: number): Request {
  const body = bodies[number % Math.max(1, bodies.length)];
  if (body === undefined) return new Request(url, { method, headers });
  return requestWithText(url, { method, headers: new Headers(headers), body });
}
