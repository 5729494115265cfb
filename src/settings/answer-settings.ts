import { z } from 'zod';
import { adminPlace } from '#accounts/enter-page.ts';
import type { OrganisationForm } from '#accounts/organisation-form.ts';
import type { Person } from '#accounts/read-person.ts';
import { renameOrganisation } from '#accounts/rename-organisation.ts';
import { sendTestMail } from '#accounts/send-test-mail.ts';
import type { Visit } from '#accounts/visit.ts';
import { canonicalZone } from '#assignments/moment.ts';
import { latePolicies } from '#assignments/terms.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { parseForm, readForm } from '#forms/read-form.ts';
import { changeSettings } from './change-settings.ts';
import { isFirstOrganisation } from './db/site-state.ts';

const choice = z
  .enum(['yes', 'no'], { error: 'Choose one of the two.' })
  .transform((value) => value === 'yes');

const shape = z.object({
  zone: z
    .string({ error: 'Name a time zone, or leave it empty.' })
    .trim()
    .max(64, 'This is too long for a time zone.'),
  late: z.enum(latePolicies, { error: 'Choose what happens with late work.' }),
  reminders: choice,
  managersInvite: choice,
  revision: z.coerce.number().int().min(0),
});

type Handler = (context: OrganisationForm) => Promise<FormAnswer>;

const handlers: Readonly<Record<string, Handler>> = {
  settings: change,
  rename: renameOrganisation,
  'test-mail': testMail,
};

/** Does what one of the settings page's forms asks for; null for a page that is only looked at. */
export async function answerSettings(
  visit: Visit,
  person: Person,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  if (!form) return null;
  const current = adminPlace(person);
  if (!current) return refuse(form, 403, 'Only an admin may change settings.');
  if (form.fields['organisation'] !== current.organisation)
    return refuse(
      form,
      409,
      'You are looking at another organisation than the one that this page was about. Nothing was changed.',
    );
  const handler = Object.hasOwn(handlers, form.name) ? handlers[form.name] : undefined;
  if (!handler) return refuse(form, 404, 'This page has no such form. Reload it.');
  return handler({ visit, person, membership: current, form });
}

/** The mail server is the site's, not each organisation's. */
async function testMail({
  visit,
  person,
  membership,
  form,
}: OrganisationForm): Promise<FormAnswer> {
  if (!(await isFirstOrganisation(visit.db, membership.organisation)))
    return refuse(form, 403, 'Only an admin of the organisation that runs this site may do that.');
  return sendTestMail(visit, person, form);
}

async function change({ visit, person, membership, form }: OrganisationForm): Promise<FormAnswer> {
  const parsed = parseForm(form, shape);
  if ('refusal' in parsed) return parsed.refusal;
  const { revision, ...settings } = parsed.data;
  const zone = settings.zone === '' ? '' : canonicalZone(settings.zone);
  if (zone === null)
    return refuse(form, 422, {
      zone: `"${settings.zone}" is not in the time zone database. Write a place such as Europe/Berlin, or UTC.`,
    });
  const isDone = await changeSettings(visit.db, {
    organisation: membership.organisation,
    by: person.id,
    revision,
    settings: { ...settings, zone },
  });
  if (!isDone)
    return refuse(
      form,
      409,
      'Somebody else changed a setting meanwhile. What you chose is kept below. Compare it with this page in another tab, then reload it here and choose again.',
    );
  return done('/organisation/settings/?done=settings');
}
