import type { Person } from '#accounts/read-person.ts';

/** Somebody's place in the organisation that they are looking at. */
export type Membership = Person['memberships'][number];
