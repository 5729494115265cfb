import type { Assignment } from './assignment.ts';
import { localOf } from './moment.ts';

interface FormValues {
  readonly values: Readonly<Record<string, string>>;
  readonly ticked: readonly string[];
}

/** What the form of a new assignment shows: from today, in the zone that the manager used last. */
export function newFormValues(zone: string, now: Date): FormValues {
  const [today = ''] = localOf(now, zone).split('T');
  return { values: { 'starts-day': today, zone, late: 'accept' }, ticked: [] };
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
