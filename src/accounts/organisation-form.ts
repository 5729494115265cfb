import type { Form } from '#forms/answer.ts';
import type { Membership } from './db/memberships.ts';
import type { Person } from './read-person.ts';
import type { Visit } from './visit.ts';

/** One form of an organisation's pages, sent by one of its members. */
export interface OrganisationForm {
  readonly visit: Visit;
  readonly person: Person;
  /** Of the person, in the organisation that the form is about. */
  readonly membership: Membership;
  readonly form: Form;
}
