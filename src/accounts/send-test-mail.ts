import { done, refuse, type Form, type FormAnswer } from '#forms/answer.ts';
import { reasonOf } from '#platform/failure.ts';
import { consumeLimit } from './limits.ts';
import { testMail } from './mail/texts.ts';
import type { Person } from './read-person.ts';
import type { Visit } from './visit.ts';

const limit = { seconds: 900, max: 5 };

/** Sends the person a mail that shows that mails arrive; says what the mail server answered where it refused. */
export async function sendTestMail(visit: Visit, person: Person, form: Form): Promise<FormAnswer> {
  const { allowed, retryAfter } = await consumeLimit(visit.db, `test-mail:${person.id}`, limit);
  if (!allowed && retryAfter !== null)
    return {
      ...refuse(form, 429, `Too many test mails. Wait ${Math.ceil(retryAfter / 60)} min.`),
      retryAfter,
    };
  try {
    await visit.sendMail(testMail(person.email, visit.origin));
  } catch (error) {
    const reason = reasonOf(error);
    visit.log.error({ reason }, 'a test mail was not sent');
    return refuse(form, 502, `The mail server did not take the mail: ${reason}`);
  }
  return done(`/organisation/settings/?done=${visit.hasMail ? 'mailed' : 'logged'}#mail`);
}
