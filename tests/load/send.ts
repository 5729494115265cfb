import { randomUUID } from 'node:crypto';
import { Agent, request as ask, type IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Arrival } from './plan.ts';

/** Who sends, and what there is to ask for. */
export interface Senders {
  readonly url: string;
  readonly learners: readonly Sender[];
  readonly managers: readonly Sender[];
}

export interface Sender {
  readonly id: string;
  readonly cookie: string;
  /** Paths of the pages that this person opens, in turn. */
  readonly opens: readonly string[];
}

/** How one request went. */
export interface Result {
  /** For pages their path without ids; otherwise the path. */
  readonly route: string;
  /** From the moment that the arrival was planned for to the last byte of the answer. */
  readonly ms: number;
  /** Why it was no good answer; null for a good one. */
  readonly error: string | null;
}

/** No browser waits that long, and a bench must end. */
const ANSWER_LIMIT_MS = 30_000;

/** Sends deeds of people; each remembers how far its device has read. */
export function createSend({ url, learners, managers }: Senders) {
  const agent = new Agent({ keepAlive: true });
  const devices = learners.map(() => ({ id: randomUUID() as string, cursor: 0 }));
  let turn = 0;
  const pick = ({ opens }: Sender) => opens[turn++ % opens.length] ?? '/';

  const exchange = async (index: number, events: readonly object[]) => {
    const learner = learners[index]!;
    const device = devices[index]!;
    const body = JSON.stringify({ device: device.id, cursor: device.cursor, events, labFiles: [] });
    const answer = await send('POST', '/api/progress/', learner, body);
    device.cursor = (JSON.parse(answer) as { cursor: number }).cursor;
  };
  const send = async (method: string, path: string, sender: Sender, body?: string) => {
    const headers = {
      Cookie: sender.cookie,
      ...(body !== undefined && {
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(body),
        'X-Day-Two-Account': sender.id,
        Origin: url,
      }),
    };
    const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
    const outgoing = ask(new URL(path, url), { agent, method, headers, signal });
    outgoing.end(body);
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      outgoing.once('response', resolve);
      outgoing.once('error', reject);
    });
    const content = await text(answer);
    if (answer.statusCode !== 200) throw new Error(`answered with ${answer.statusCode}`);
    return content;
  };

  /** The requests of one deed, in the order in which a browser sends them. */
  const requestsOf = ({
    deed,
    person,
  }: Arrival): [route: string, run: () => Promise<unknown>][] => {
    const sync = (events: readonly object[]) =>
      ['/api/progress/', () => exchange(person, events)] as [string, () => Promise<unknown>];
    if (deed === 'sync a change') return [sync([answerCheck(devices[person]!.id)])];
    if (deed === 'sync, nothing new') return [sync([])];
    if (deed === 'open a lesson') {
      const learner = learners[person]!;
      const lesson = pick(learner);
      const session = () => send('GET', '/api/session/', learner);
      return [
        ['a lesson', () => send('GET', lesson, learner)],
        ['/api/session/', session],
        sync([]),
      ];
    }
    const manager = managers[person]!;
    const page = pick(manager);
    return [[routeOf(page), () => send('GET', page, manager)]];
  };

  return {
    /** Resolves to a result for each request; the later ones of a deed count from the end of the one before. */
    run: async (arrival: Arrival, planned: number): Promise<Result[]> => {
      const results: Result[] = [];
      let from = planned;
      for (const [route, run] of requestsOf(arrival)) {
        const error = await run().then(() => null, String);
        const now = performance.now();
        results.push({ route, ms: now - from, error });
        from = now;
      }
      return results;
    },
    close: () => agent.destroy(),
  };
}

function answerCheck(device: string) {
  const payload = {
    lesson: 'capacity/will-it-fit',
    check: 'weights',
    kind: 'single',
    correct: true,
    answer: [0],
  };
  const at = new Date().toISOString();
  return { id: randomUUID(), at, device, schema: 1, kind: 'check-answered', payload };
}

/** `/assignments/<id>/` for every assignment. */
function routeOf(page: string): string {
  const path = page.split('?')[0] ?? '';
  return path.replaceAll(/\/[\w-]{32,36}(?=\/|$)/g, '/<id>');
}
