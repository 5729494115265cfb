import { load, type Classifier } from 'model';
import type { Candidate } from './variants.ts';

/** A model in memory, and the bytes that were read to open it: the model and its tokeniser. */
export interface Opened {
  readonly model: Classifier;
  readonly bytes: number;
}

/** Tickets in one run; in between the pod answers its probes. */
const TOGETHER = 24;
const opened = new Map<Candidate, Promise<Opened>>();

/** Opens a candidate, once. */
export function openCandidate(candidate: Candidate): Promise<Opened> {
  const known = opened.get(candidate) ?? openNow(candidate);
  opened.set(candidate, known);
  return known;
}

/** What a candidate calls each of the tickets. */
export async function classifyAll(
  candidate: Candidate,
  texts: readonly string[],
): Promise<{ readonly labels: readonly string[]; readonly bytes: number }> {
  const { model, bytes } = await openCandidate(candidate);
  const labels: string[] = [];
  for (let from = 0; from < texts.length; from += TOGETHER) {
    const answers = await model.classifyBatch(texts.slice(from, from + TOGETHER));
    labels.push(...answers.map(({ label }) => label));
  }
  return { labels, bytes };
}

async function openNow(candidate: Candidate): Promise<Opened> {
  let bytes = 0;
  const onProgress = ({ step, receivedBytes }: { step: string; receivedBytes: number }): void => {
    if (step === 'model') bytes = receivedBytes;
  };
  const model = await (candidate === 'v2'
    ? load('triage-v2-bad-class', { onProgress })
    : load('triage', candidate === 'full' ? { onProgress } : { onProgress, variant: candidate }));
  return { model, bytes };
}
