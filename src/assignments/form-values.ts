import type { Assignment } from './assignment.ts';
import { localOf } from './moment.ts';
import type { Terms } from './terms.ts';

interface FormValues {
  readonly values: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
}

/** What the form of a new assignment shows: from today, with the terms that it begins with. */
export function newFormValues({ zone, late }: Pick<Terms, 'zone' | 'late'>, now: Date): FormValues {
  const [today = ''] = localOf(now, zone).split('T');
  return { values: { 'starts-day': today, zone, late }, ticked: [] };
}

/** What the form of an assignment shows that can be changed. */
export function formValuesOf(assignment: Assignment): FormValues {
  const { startsLocal, dueLocal, note, terms, targets } = assignment;
  const [startsDay = '', startsTime = ''] = startsLocal.split('T');
  const [dueDay = '', dueTime = ''] = dueLocal.split('T');
  return {
    values: {
      'starts-day': startsDay,
      'starts-time': startsTime,
      'due-day': dueDay,
      'due-time': dueTime,
      zone: terms.zone,
      late: terms.late,
      note,
    },
    ticked: [
      ...targets.map(({ kind, id }) => `${kind}:${id}`),
      ...terms.optional.map((id) => `optional:${id}`),
    ],
  };
}
