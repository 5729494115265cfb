import { drawTickets } from '#models/draw-tickets.ts';
import { loadPlanSchema, type LoadPlan } from '#load/plan.ts';
import type { RequestResult } from '#load/report.ts';
import type { LabCheckContext } from '#labs/check-context.ts';

/** A ticket of this attempt and the class that its author gave it. */
export interface Ticket {
  readonly text: string;
  readonly class: string;
}

/** What `POST /classify` answers. */
export interface Prediction {
  readonly label: string;
  readonly score: number;
}

const URL = 'http://triage/classify';
const TICKETS = 60;

/** The tickets of this attempt: other ones for every seed. */
export function ticketsOf({ seed }: LabCheckContext): readonly Ticket[] {
  return drawTickets(seed, TICKETS);
}

/** The body that asks for one ticket. */
export function toBody({ text }: Ticket): string {
  return JSON.stringify({ text });
}

/** One request to the Service, as a client outside the pods sends it. */
export function classifyRequest(ticket: Ticket, signal: AbortSignal): Request {
  const headers = { 'content-type': 'application/json' };
  return new Request(URL, { method: 'POST', headers, body: toBody(ticket), signal });
}

/** The prediction in an answer, or null when the answer holds none. */
export function readPrediction(text: string | null): Prediction | null {
  if (text === null || !text.startsWith('{')) return null;
  const { label, score } = JSON.parse(text) as Partial<Prediction>;
  if (typeof label !== 'string' || typeof score !== 'number') return null;
  return score > 0 && score <= 1 ? { label, score } : null;
}

/** A load test with this attempt's tickets. */
export function planTraffic(
  context: LabCheckContext,
  shape: Pick<LoadPlan, 'arrivals' | 'durationSeconds' | 'maxArrivals'>,
  part: number,
): LoadPlan {
  return loadPlanSchema.parse({
    ...shape,
    timeoutSeconds: 5,
    seed: context.seed + part,
    request: {
      method: 'POST',
      url: URL,
      headers: { 'content-type': 'application/json' },
      bodies: ticketsOf(context).map(toBody),
      keepAnswers: true,
    },
  });
}

/** Results counted by what became of them, most frequent first: `12 x 503, 1 x timeout`. */
export function describeFailures(results: readonly RequestResult[]): string {
  const counts = new Map<string, number>();
  for (const { outcome, status } of results) {
    const name = outcome === 'http-error' ? `${status}` : outcome;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const parts = [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .map(([name, count]) => `${count} x ${name}`);
  return parts.join(', ');
}
