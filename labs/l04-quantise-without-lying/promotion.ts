import type { LabCheckContext } from '#labs/check-context.ts';
import { pause } from '#labs/pause.ts';
import { readSettings } from '#labs/read-settings.ts';
import { drawUnseenTickets } from '#models/draw-unseen-tickets.ts';
import * as z from 'zod';
import { LABELLED, modelSchema } from './settings.ts';
import { compare, drawSample, judge, type Answer, type Gate } from './start/gate.ts';
import type { Candidate } from './start/variants.ts';

/** What a candidate calls the tickets of this attempt, and what it takes. */
export interface Asked {
  readonly bytes: number;
  readonly labels: readonly string[];
}

/** A candidate in front of the gate, under the name that a learner reads. */
export interface InFront {
  readonly name: string;
  readonly answers: readonly Answer[];
  readonly bytesPercent: number;
}

/** What came of letting the gate decide about a candidate several times, each on another draw. */
export interface Decided {
  readonly name: string;
  readonly letThrough: number;
  /** The objections of the first time. */
  readonly refusals: readonly string[];
}

/** Of 20 decisions about one candidate, so many must be right. */
export const DECISIONS = 20;
export const LEAST_RIGHT = 19;
/** Tickets of each of the 120 templates that the model never learned from: 90 of a class. */
const EACH = LABELLED / 120;
/** Right answers of a class that a planted fault takes away: 6.7 points. */
const PLANTED = 6;
const TOGETHER = 48;
const IN_FLIGHT = 4;
const START_MS = 40_000;

const answerSchema = z.object({
  candidate: z.string(),
  bytes: z.number().positive(),
  labels: z.array(z.string()),
});

/** What model.yaml says; the first check of every grade has refused one that does not fit. */
export function readModel({ files }: LabCheckContext): z.output<typeof modelSchema> {
  const read = readSettings(files, 'model.yaml', modelSchema);
  if (!read.ok) throw new Error('The settings were accepted when they were deployed.');
  return read.value;
}

/** The labels of 720 new tickets by a candidate, or by what is deployed; asked once a grade. */
export async function ask(
  context: LabCheckContext,
  candidate: Candidate | 'deployed',
  signal: AbortSignal,
): Promise<Asked> {
  // What is deployed is one of the candidates, and need not be asked under both names.
  const name = candidate === readModel(context).variant ? 'deployed' : candidate;
  const known = context.notes.get(name) as Promise<Asked> | undefined;
  const asking = known ?? askAll(context, name, signal);
  context.notes.set(name, asking);
  return asking;
}

/** What a candidate and the full model call the tickets of this attempt. */
export async function putInFront(
  context: LabCheckContext,
  candidate: Candidate | 'deployed',
  name: string,
  signal: AbortSignal,
): Promise<InFront> {
  const [full, own] = [await ask(context, 'full', signal), await ask(context, candidate, signal)];
  const answers = ticketsOf(context).map((ticket, at) => ({
    class: ticket.class,
    full: full.labels[at] as string,
    candidate: own.labels[at] as string,
  }));
  return { name, answers, bytesPercent: (100 * own.bytes) / full.bytes };
}

/** The same candidate with a fault in one class: six of its right answers there are another class. */
export function plantFault(
  { answers, bytesPercent }: InFront,
  ruined: string,
  random: () => number,
): InFront {
  const right = answers.flatMap((answer, at) =>
    answer.class === ruined && answer.candidate === ruined ? [{ at, order: random() }] : [],
  );
  const chosen = new Set(
    right
      .toSorted((a, b) => a.order - b.order)
      .slice(0, PLANTED)
      .map(({ at }) => at),
  );
  const others = [...new Set(answers.map((answer) => answer.class))].filter(
    (name) => name !== ruined,
  );
  const wrong = (at: number): string => others[at % others.length] as string;
  return {
    name: `int8 with a fault in ${ruined}`,
    bytesPercent,
    answers: answers.map((answer, at) =>
      chosen.has(at) ? { ...answer, candidate: wrong(at) } : answer,
    ),
  };
}

/** Lets the learner's gate decide, each time on another draw of the labelled tickets. */
export function decide(gate: Gate, candidate: InFront, random: () => number): Decided {
  const decisions = Array.from({ length: DECISIONS }, () =>
    judge(gate, compare(drawSample(candidate.answers, gate, random)), candidate.bytesPercent),
  );
  return {
    name: candidate.name,
    letThrough: decisions.filter(({ length }) => length === 0).length,
    refusals: decisions.find(({ length }) => length > 0) ?? [],
  };
}

function ticketsOf({ seed }: LabCheckContext) {
  return drawUnseenTickets(seed, EACH);
}

async function askAll(
  context: LabCheckContext,
  candidate: Candidate | 'deployed',
  signal: AbortSignal,
): Promise<Asked> {
  const texts = ticketsOf(context).map(({ text }) => text);
  const parts = Array.from({ length: Math.ceil(texts.length / TOGETHER) }, (_, part) =>
    texts.slice(part * TOGETHER, (part + 1) * TOGETHER),
  );
  const labels: string[][] = [];
  let [next, bytes] = [0, 0];
  const work = async (): Promise<void> => {
    for (let part = next++; part < parts.length; part = next++) {
      const answer = await askOnce(context, candidate, parts[part] as string[], signal);
      labels[part] = answer.labels;
      bytes = answer.bytes;
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, work));
  return { bytes, labels: labels.flat() };
}

/** Nothing that the learner can change runs in these pods, so a refusal is our trouble and thrown. */
async function askOnce(
  { cluster }: LabCheckContext,
  candidate: Candidate | 'deployed',
  texts: readonly string[],
  signal: AbortSignal,
): Promise<z.output<typeof answerSchema>> {
  const body = JSON.stringify(candidate === 'deployed' ? { texts } : { candidate, texts });
  const headers = { 'content-type': 'application/json' };
  const startedAt = performance.now();
  for (;;) {
    const response = await cluster.fetch(
      new Request('http://triage/answers', { method: 'POST', headers, body, signal }),
    );
    const text = await response.text();
    if (response.ok) return answerSchema.parse(JSON.parse(text));
    if (performance.now() - startedAt > START_MS)
      throw new Error(
        `The pods gave no answers within ${START_MS / 1000} s: ${response.status} ${text}`,
      );
    await pause(100, signal);
  }
}
