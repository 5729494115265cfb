import { changeMail } from './account/change-mail.ts';
import { changeName } from './account/change-name.ts';
import { changePassword } from './account/change-password.ts';
import { deleteAccount } from './account/delete-account.ts';
import { removePasskey } from './account/remove-passkey.ts';
import { revokeOthers, revokeSession } from './account/revoke-sessions.ts';
import { refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import type { Person } from './read-person.ts';
import { signOut } from './sign-out.ts';
import type { Visit } from './visit.ts';

type Handler = (visit: Visit, person: Person, form: Form) => Promise<FormAnswer>;

const handlers: Readonly<Record<string, Handler>> = {
  name: changeName,
  mail: changeMail,
  password: changePassword,
  session: revokeSession,
  sessions: revokeOthers,
  passkey: removePasskey,
  delete: deleteAccount,
  'sign-out': signOut,
};

/** Does what one of the account page's forms asks for; null for a page that is only looked at. */
export async function answerAccount(
  visit: Visit,
  person: Person,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const handler = Object.hasOwn(handlers, form.name) ? handlers[form.name] : undefined;
  return handler
    ? handler(visit, person, form)
    : refuse(form, 404, 'This page has no such form. Reload it.');
}
