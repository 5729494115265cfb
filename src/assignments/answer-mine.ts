import type { Person } from '#accounts/read-person.ts';
import type { Visit } from '#accounts/visit.ts';
import { done, refuse, type FormAnswer } from '#forms/answer.ts';
import { readForm } from '#forms/read-form.ts';
import { renewCalendar, revokeCalendar } from './calendar-feed.ts';
import { setReminders } from './mail-choice.ts';

/** Does what one of the learner's own forms asks for: calendar and mails; null where nothing was posted. */
export async function answerMine(
  visit: Visit,
  { id }: Person,
  request: Request,
): Promise<FormAnswer | null> {
  const form = await readForm(request);
  switch (form?.name) {
    case undefined:
      return null;
    case 'calendar':
      await renewCalendar(visit, id);
      return done('/assignments/?done=calendar#calendar');
    case 'calendar-off':
      await revokeCalendar(visit, id);
      return done('/assignments/?done=calendar-off#calendar');
    case 'mails-on':
      await setReminders(visit.db, id, true);
      return done('/assignments/?done=mails-on#mails');
    case 'mails-off':
      await setReminders(visit.db, id, false);
      return done('/assignments/?done=mails-off#mails');
    default:
      return refuse(form!, 404, 'This page has no such form. Reload it.');
  }
}
