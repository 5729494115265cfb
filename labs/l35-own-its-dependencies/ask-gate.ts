import * as z from 'zod';
import type { LabCheckContext } from '#labs/check-context.ts';
import { toProject, type Draft } from './tree.ts';

/** A project and what the gate must say of it. */
export interface Case {
  /** For the learner: what is special about it. */
  readonly about: string;
  readonly project: Draft;
  /** `name@version` or archive paths of everything at fault; empty when it must be admitted. */
  readonly faults: readonly string[];
}

const answerSchema = z.object({
  admitted: z.boolean(),
  findings: z.array(z.object({ package: z.string(), message: z.string() })),
});

export interface Judged {
  readonly passed: boolean;
  readonly measured: string;
}

/** Sends each project to the learner's gate and compares what it found with what is there. */
export async function judgeCases(
  context: LabCheckContext,
  cases: readonly Case[],
): Promise<Judged> {
  const wrong: string[] = [];
  for (const one of shuffle(context.random, cases)) {
    const found = await inspect(context, one.project);
    const complaint = typeof found === 'string' ? found : compare(found, one.faults);
    if (complaint) wrong.push(`${one.about}: ${complaint}`);
  }
  const right = `${cases.length - wrong.length} of ${cases.length} projects judged rightly`;
  return { passed: wrong.length === 0, measured: [right, ...wrong.slice(0, 3)].join('\n') };
}

/** POSTs to the gate and gives its JSON, or a sentence that says what came instead. */
export async function post(
  { cluster }: LabCheckContext,
  path: string,
  project: Draft,
): Promise<{ readonly json: unknown } | string> {
  const body = JSON.stringify(toProject(project));
  const response = await cluster.fetch(new Request(`http://gate${path}`, { method: 'POST', body }));
  const text = await response.text();
  if (!response.ok) return `${path} answered ${response.status}: ${text.slice(0, 200)}`;
  try {
    return { json: JSON.parse(text) };
  } catch {
    return `${path} answered no JSON: ${text.slice(0, 100)}`;
  }
}

async function inspect(
  context: LabCheckContext,
  project: Draft,
): Promise<readonly string[] | string> {
  const answer = await post(context, '/inspect', project);
  if (typeof answer === 'string') return answer;
  const parsed = answerSchema.safeParse(answer.json);
  if (!parsed.success) return `the answer does not fit: ${z.prettifyError(parsed.error)}`;
  const { admitted, findings } = parsed.data;
  if (admitted !== (findings.length === 0)) return 'admitted and findings contradict each other';
  return [...new Set(findings.map((finding) => finding.package))];
}

function compare(found: readonly string[], faults: readonly string[]): string | null {
  const missed = faults.filter((fault) => !found.includes(fault));
  const extra = found.filter((one) => !faults.includes(one));
  if (missed.length > 0) return `${missed.join(', ')} was let through`;
  return extra.length > 0 ? `${extra.join(', ')} was refused and is in order` : null;
}

function shuffle<T>(random: () => number, items: readonly T[]): T[] {
  return items
    .map((item) => ({ item, at: random() }))
    .toSorted((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
