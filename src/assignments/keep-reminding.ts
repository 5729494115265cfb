import type { Visit } from '#accounts/visit.ts';
import type { Database } from '#platform/database.ts';
import { reasonOf } from '#platform/failure.ts';
import type { Log } from '#platform/log.ts';
import { sendDueReminders } from './send-reminders.ts';

const MINUTE = 60_000;

/**
 * Sends reminders every minute from now on, while there is a database; several nodes may do so at once.
 * An outage is logged and tried again with the next minute. Keeps no process alive.
 */
export function keepReminding(
  findOptionalDatabase: () => Database | null,
  { sendMail, origin }: Pick<Visit, 'sendMail' | 'origin'>,
  log: Log,
): void {
  let isSending = false;
  const send = async () => {
    const database = findOptionalDatabase();
    if (!database || isSending) return;
    isSending = true;
    try {
      const sent = await sendDueReminders({ db: database.db, sendMail, origin, log });
      if (sent > 0) log.info({ sent }, 'reminders sent');
    } catch (error) {
      log.error(
        { reason: reasonOf(error) },
        'reminders could not be read; tried again in a minute',
      );
    } finally {
      isSending = false;
    }
  };
  setInterval(() => void send(), MINUTE).unref();
}
