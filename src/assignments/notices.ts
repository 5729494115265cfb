/** What was done, by the code in the page's address. Only what is listed here is ever shown. */
const notices: Readonly<Record<string, string>> = {
  assigned:
    'The path is assigned. Everybody it is for sees it at once, and gets a mail when it begins.',
  changed: 'The assignment is changed. Calendars follow with their next look.',
  extended: 'The person has more time.',
  withdrawn: 'The assignment is withdrawn. Nobody is asked for it any more.',
  calendar: 'Your calendar address is below. Whoever has it can read it.',
  'calendar-off': 'Your calendar address no longer works.',
  'mails-on': 'You get reminders by mail.',
  'mails-off': 'You get no more reminders by mail.',
  published: 'The path is published. It can be assigned.',
  retired: 'The path is no longer offered. Assignments of it go on.',
};

/** The notice that a page's address asks for. */
export function noticeOf({ searchParams }: URL): string | null {
  return notices[searchParams.get('done') ?? ''] ?? null;
}
