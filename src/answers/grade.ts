import { inlineTextToHtml } from '#courses/inline-text.ts';
import type { KnowledgeCheck } from '#courses/knowledge-check.ts';
import { shownOrder } from '#courses/shown-order.ts';
import type { Answer, Explanation, Grade } from './answer.ts';

/** A grade, and the answer in the author's numbering. */
export interface Graded {
  readonly grade: Grade;
  readonly authored: Answer;
}

type Choice = Extract<KnowledgeCheck, { kind: 'single' | 'multiple' }>;
type Order = Extract<KnowledgeCheck, { kind: 'order' }>;
type Numeric = Extract<KnowledgeCheck, { kind: 'numeric' }>;

/** Grades an answer; null where it is none to this kind of check. A wrong one learns nothing of what was not chosen. */
export function grade(check: KnowledgeCheck, answer: Answer): Graded | null {
  if (check.kind === 'numeric')
    return typeof answer === 'number'
      ? { grade: gradeNumber(check, answer), authored: answer }
      : null;
  if (typeof answer === 'number') return null;
  const order = shownOrder(check);
  const authored = answer.map((place) => order[place] ?? -1);
  const isSound = !authored.includes(-1) && new Set(authored).size === authored.length;
  if (!isSound || !isLongEnough(check, authored.length)) return null;
  const graded =
    check.kind === 'order'
      ? gradeOrder(check, authored, answer)
      : gradeChoice(check, authored, order);
  return { grade: graded, authored };
}

function isLongEnough({ kind, options }: Choice | Order, length: number): boolean {
  if (kind === 'single') return length === 1;
  return kind === 'order' ? length === options.length : length > 0;
}

function gradeChoice(
  { options }: Choice,
  chosen: readonly number[],
  order: readonly number[],
): Grade {
  const correct = options.every((option, index) => option.correct === chosen.includes(index));
  const explanations = order.flatMap((index, place): Explanation[] => {
    const option = options[index]!;
    if (!correct && !chosen.includes(index)) return [];
    const verdict = option.correct ? 'right' : correct ? 'other' : 'wrong';
    return [{ place, verdict, why: inlineTextToHtml(option.why) }];
  });
  return { correct, explanations, remark: '' };
}

function gradeOrder(
  { options }: Order,
  chosen: readonly number[],
  places: readonly number[],
): Grade {
  const inPlace = chosen.filter((index, step) => index === step).length;
  const correct = inPlace === options.length;
  const explanations = correct
    ? chosen.map((index, step): Explanation => {
        return {
          place: places[step]!,
          verdict: 'right',
          why: inlineTextToHtml(options[index]!.why),
        };
      })
    : [];
  const remark = correct ? '' : `${inPlace} of ${options.length} stand where they belong.`;
  return { correct, explanations, remark };
}

function gradeNumber({ answer, tolerance, why, options }: Numeric, given: number): Grade {
  // The last digit of a decimal such as 0.1 + 0.2 must not turn a right answer into a wrong one.
  const reach = tolerance + Math.abs(answer) * 1e-9;
  const isNear = (value: number) => Math.abs(given - value) <= reach;
  if (isNear(answer)) return { correct: true, explanations: [], remark: inlineTextToHtml(why) };
  const mistake = options.find(({ value }) => isNear(value));
  return { correct: false, explanations: [], remark: mistake ? inlineTextToHtml(mistake.why) : '' };
}
