import { randomUUID } from 'node:crypto';
import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import {
  account,
  invitation,
  passkey,
  rateLimit,
  session,
  verification,
} from '#accounts/tables.ts';
import { gradedAnswer } from '#answers/tables.ts';
import { assign } from '#assignments/assign.ts';
import { claimReminder } from '#assignments/db/reminders.ts';
import { extendAssignment } from '#assignments/extend.ts';
import { calendarFeed, reminderOptOut } from '#assignments/tables.ts';
import { draftFor, shippedPath } from '#assignments/testing/draft.ts';
import { path, pathVersion } from '#paths/tables.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { progressEntries } from '#progress/server/tables.ts';
import { collectStatements } from '#records/collect.ts';
import { recordKeeping } from '#records/tables.ts';
import { changeSettings } from '#settings/change-settings.ts';
import { defaultSettings } from '#settings/settings.ts';
import { insertSubmission } from '#submissions/testing/insert-submission.ts';

type Teams = Awaited<ReturnType<typeof openTestTeams>>;

const lab = 'l06';
const inAWeek = () => new Date(Date.now() + 7 * 86_400_000);

/**
 * Puts rows into every table, as the site writes them where a test can have it do so; resolves to the id
 * of a learner who failed the lab l06 three times. It may be called again on the same database.
 */
export async function fillTables(db: NodePgDatabase): Promise<string> {
  const teams = await openTestTeams(db);
  const { organisation, ada, admin } = teams;
  await db.insert(recordKeeping).values({ organizationId: organisation.id, actor: 'account' });
  await addWaysIn(db, teams);
  const settings = { ...defaultSettings, zone: 'Europe/Oslo' };
  const by = admin.person.id;
  await changeSettings(db, { organisation: organisation.id, by, revision: 0, settings });
  await addAssignments(db, teams);
  await addProgress(db, ada);
  await insertSubmission(db, { person: ada, lab, states: ['queued', 'running', 'verified'] });
  await collectStatements(db, 'https://day2.example');
  return ada;
}

async function addWaysIn(db: NodePgDatabase, { organisation, team, ada, mia }: Teams) {
  const [id, expiresAt] = [randomUUID(), inAWeek()];
  const credential = { accountId: ada, providerId: 'credential', password: 'salt:hash' };
  const provided = { accountId: id, providerId: 'company', accessToken: 'token' };
  for (const way of [credential, provided])
    await db.insert(account).values({ id: randomUUID(), userId: ada, ...way });
  await db.insert(session).values({ id, token: id, userId: ada, expiresAt, method: 'password' });
  await db.insert(verification).values({ id, identifier: id, value: 'code', expiresAt });
  await db.insert(rateLimit).values({ id, key: id, count: 1, lastRequest: Date.now() });
  const device = { deviceType: 'multiDevice', backedUp: true, counter: 2 ** 40 };
  await db
    .insert(passkey)
    .values({ id, userId: ada, credentialID: id, publicKey: 'key', ...device });
  const invited = { email: `${id}@example.org`, role: 'learner', status: 'pending', expiresAt };
  const place = { organizationId: organisation.id, teamId: team, inviterId: mia };
  await db.insert(invitation).values({ id, ...invited, ...place });
}

/** Of a path that came with Day Two, and of the second version of one that the organisation composed. */
async function addAssignments(
  db: NodePgDatabase,
  { organisation, team, ada, mia, manager }: Teams,
) {
  const id = randomUUID();
  const organizationId = organisation.id;
  await db.insert(path).values({ id, organizationId, createdBy: mia });
  for (const version of [1, 2]) {
    const content = { ...shippedPath.content, title: `Version ${version}\t\\N` };
    const of = { pathId: id, organizationId, publishedBy: mia, source: '- course: serving\n' };
    await db.insert(pathVersion).values({ ...of, version, content });
  }
  const own = { ...shippedPath, id, version: 2 };
  await assign(manager, own, draftFor({ people: [ada], optional: ['l07'] }));
  const assignment = await assign(manager, shippedPath, draftFor({ teams: [team] }));
  const dueAt = inAWeek();
  const more = { person: ada, dueLocal: '2026-03-08', dueAt, reason: 'On\nleave.' };
  await extendAssignment(manager, assignment, more);
  await claimReminder(db, { assignment, person: ada, kind: 'day', about: dueAt });
  await db.insert(calendarFeed).values({ userId: ada, id });
  await db.insert(reminderOptOut).values({ userId: mia });
}

async function addProgress(db: NodePgDatabase, person: string) {
  for (const [day, failed] of ['answers', 'balanced', 'balanced'].entries())
    await addTestEvent(db, person, 'verdict', failedAt(failed), onDay(day));
  await addTestEvent(db, person, 'lesson-read', { lesson: 'course/one', how: 'marked' }, onDay(1));
  await addTestEvent(db, person, 'lesson-read', { lesson: 'course/two', how: 'marked' }, onDay(2));
  await addTestEvent(db, person, 'lesson-unread', { lesson: 'course/two' }, onDay(9));
  const [id, text] = [randomUUID(), 'tab\t back\\slash \u2028 “quoted” \r\n\\.\n'];
  const content = { lab, path: 'gate.ts', text, revision: id };
  await db
    .insert(progressEntries)
    .values({ account: person, id, pushedBy: id, kind: 'lab-file', content });
  const answered = { lesson: 'course/one', checkId: 'a', answer: [0, 2], correct: false };
  await db.insert(gradedAnswer).values({ account: person, ...answered, answeredAt: new Date() });
}

/** What a verdict of the lab says that failed at one of its checks. */
export function failedAt(check: string) {
  return { lab, result: 'fail', checks: [{ id: check, status: 'fail' }] };
}

/** The days from Monday, 5 January 2026. */
export function onDay(day: number) {
  const at = new Date(Date.UTC(2026, 0, 5 + day));
  return { at, receivedAt: at };
}
