import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Person } from '#accounts/read-person.ts';
import type { Membership } from './membership.ts';

/** A member who looks at assignments, or changes them. */
export interface Asker {
  readonly db: NodePgDatabase;
  readonly person: Person;
  readonly membership: Membership;
}
