import type { Person } from '#accounts/read-person.ts';
import type { Visit } from '#accounts/visit.ts';
import type { Asker } from './asker.ts';

/** The person as a member of the organisation that they are looking at; null where they belong to none. */
export function askerOf({ db }: Visit, person: Person): Asker | null {
  return person.current ? { db, person, membership: person.current } : null;
}
