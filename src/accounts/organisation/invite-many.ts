import { insertInvitations, listInvitations } from '../db/invitations.ts';
import { listPeople, listTeams } from '../db/teams.ts';
import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import type { OrganisationForm } from '../organisation-form.ts';
import { mayInvite, noInvitations } from './may-invite.ts';
import { parseInvitations } from './parse-invitations.ts';
import { findInviteFault, managedTeams } from './scope.ts';
import { sendInvitations } from './send-invitations.ts';

/** Invites everybody of a table, or, where the form says so, only those whose rows are good. */
export async function inviteMany(context: OrganisationForm): Promise<FormAnswer> {
  const { visit, person, membership, form } = context;
  const { organisation } = membership;
  if (!(await mayInvite(visit.db, membership))) return refuse(form, 403, noInvitations);
  const managed = managedTeams(membership);
  // A file counts where there is one; what was read of it is shown in the text field again.
  const text = form.fields['file'] || form.fields['rows'] || '';
  const shown = { ...form, values: { ...form.values, rows: text, file: '' } };
  const missing = findMissing(form, text);
  if (missing) return refuse(shown, 422, missing);
  const teams = await listTeams(visit.db, organisation);
  const { good, problems } = parseInvitations(text, {
    teams: teams.filter(({ id }) => managed === 'all' || managed.includes(id)),
    taken: await listTaken(context),
    findFault: (row) => findInviteFault(membership, row),
  });
  if (problems.length > 0 && (form.fields['good'] !== 'yes' || good.length === 0)) {
    const refusal = refuse(shown, 422, describe(problems.length, good.length));
    return { ...refusal, rows: problems, goodRows: good.length };
  }
  const rows = await visit.db.transaction((tx) =>
    insertInvitations(tx, organisation, person.id, good),
  );
  // After the answer: a mail server may take minutes for so many. Their links are on the page.
  void sendInvitations(context, rows);
  const query = `many=${rows.length}&left=${problems.length}${visit.hasMail ? '&mail=coming' : ''}`;
  return done(`/organisation/?${query}#invitations`);
}

/** Why there is no table to read, by field; null where there is one. */
function findMissing({ tooLarge }: Form, text: string): Readonly<Record<string, string>> | null {
  if (tooLarge?.includes('file'))
    return {
      file: 'This file is larger than 1 MB, and 1,000 lines take a tenth of that. Choose a CSV file with at most 1,000 lines.',
    };
  return text.trim() === '' ? { rows: 'Write one line per person, or choose a file.' } : null;
}

function describe(bad: number, good: number): string {
  const rows = bad === 1 ? '1 row cannot' : `${bad} rows cannot`;
  if (good === 0) return `${rows} be used, and nobody was invited.`;
  const rest = good === 1 ? '1 row is good.' : `${good} rows are good.`;
  return `${rows} be used, and nobody was invited. ${rest}`;
}

async function listTaken({ visit, membership }: OrganisationForm): Promise<Map<string, string>> {
  const { organisation } = membership;
  const people = await listPeople(visit.db, organisation);
  const open = await listInvitations(visit.db, organisation, null);
  return new Map([
    ...open.map(({ email }) => [email, 'is invited already'] as const),
    ...people.map(({ email }) => [email, 'is a member already'] as const),
  ]);
}
