import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { makeTestOrganisation } from '#accounts/make-test-organisation.ts';
import { createLog } from '#platform/log.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { addTestEvent } from '#progress/add-test-event.ts';
import { assign } from './assign.ts';
import { setReminders } from './mail-choice.ts';
import { sendDueReminders, type Reminding } from './send-reminders.ts';
import { draftFor, shippedPath } from './testing/draft.ts';
import { withdrawAssignment } from './withdraw.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  await database.db.execute(sql`DELETE FROM assignment`);
});

const hours = (count: number) => new Date(Date.now() + count * 3_600_000);

async function openTeam() {
  const organisation = await makeTestOrganisation(database.db);
  const team = await organisation.addTeam('Platform');
  const ada = await organisation.addPerson('Ada', 'learner', [team]);
  const mia = await organisation.addPerson('Mia', 'manager');
  const manager = organisation.ask(mia, 'manager', [team]);
  const assignNow = () =>
    assign(
      manager,
      shippedPath,
      draftFor({ teams: [team], startsAt: hours(-1), dueAt: hours(240) }),
    );
  return { organisation, team, ada, manager, assignNow };
}

type Mail = Parameters<Reminding['sendMail']>[0];

function openPost(fail?: (mail: Mail) => boolean) {
  const mails: Mail[] = [];
  const reminding: Reminding = {
    db: database.db,
    log: createLog('silent'),
    origin: 'https://day2.example',
    sendMail: async (mail) => {
      if (fail?.(mail)) throw new Error('421 Try later');
      mails.push(mail);
    },
  };
  return { mails, send: (now: Date) => sendDueReminders(reminding, now) };
}

test('each mail is sent once, with what is due, where to go on and how to stop them', async () => {
  const { assignNow, ada } = await openTeam();
  await assignNow();
  const { mails, send } = openPost();
  expect([await send(hours(0)), await send(hours(1)), await send(hours(2))]).toEqual([1, 0, 0]);
  expect(mails[0]?.to).toBe(`${ada}@example.org`);
  expect(mails[0]?.subject).toBe('Assigned to you: Path');
  expect(mails[0]?.text).toContain('Path: 0 of 3 done.');
  expect(mails[0]?.text).toContain('https://day2.example/courses/course/one/');
  expect(mails[0]?.text).toContain('https://day2.example/assignments/#mails');
  expect([await send(hours(240 - 160)), await send(hours(217)), await send(hours(241))]).toEqual([
    1, 1, 1,
  ]);
  expect(mails.map(({ subject }) => subject.split(':')[0])).toEqual([
    'Assigned to you',
    'Due in a week',
    'Due in a day',
    'Overdue',
  ]);
});

test('nodes that run at once send it once', async () => {
  const { assignNow } = await openTeam();
  await assignNow();
  const { mails, send } = openPost();
  const counts = await Promise.all(Array.from({ length: 6 }, () => send(hours(0))));
  expect([counts.reduce((sum, count) => sum + count, 0), mails.length]).toEqual([1, 1]);
});

test('a claim of a node that died while sending runs out, and another node sends', async () => {
  const { assignNow } = await openTeam();
  await assignNow();
  const died = openPost(() => true);
  await died.send(hours(0));
  await database.db.execute(sql`UPDATE reminder SET claimed_until = now() + interval '9 minutes'`);
  const { mails, send } = openPost();
  expect(await send(hours(0))).toBe(0);
  await database.db.execute(sql`UPDATE reminder SET claimed_until = now() - interval '1 second'`);
  expect([await send(hours(0)), mails.length]).toEqual([1, 1]);
});

test('a mail server that refuses is asked again later, eight times at most, and others get their mail', async () => {
  const { assignNow, organisation, team, ada } = await openTeam();
  await organisation.addPerson('Bob', 'learner', [team]);
  await assignNow();
  const { mails, send } = openPost(({ to }) => to.startsWith(ada));
  expect(await send(hours(0))).toBe(1);
  for (let attempt = 0; attempt < 10; attempt += 1) {
    await database.db.execute(sql`UPDATE reminder SET claimed_until = now() - interval '1 second'`);
    await send(hours(0));
  }
  const { rows } = await database.db.execute<{ attempts: number }>(
    sql`SELECT attempts FROM reminder WHERE user_id = ${ada}`,
  );
  expect([rows[0]?.attempts, mails.length]).toEqual([8, 1]);
});

test('who is done, opted out or was taken off gets none', async () => {
  const { assignNow, organisation, team, ada, manager } = await openTeam();
  const eve = await organisation.addPerson('Eve', 'learner', [team]);
  const gone = await organisation.addPerson('Gone', 'learner', [team]);
  const id = await assignNow();
  await setReminders(database.db, eve, false);
  await organisation.leaveTeam(gone, team);
  for (const lesson of ['course/one', 'course/two'])
    await addTestEvent(database.db, ada, 'lesson-read', { lesson, how: 'marked' });
  for (const check of ['a', 'b'])
    await addTestEvent(database.db, ada, 'check-answered', {
      lesson: 'course/one',
      check,
      correct: false,
    });
  await addTestEvent(database.db, ada, 'verdict', { lab: 'l06', result: 'pass' });
  const { mails, send } = openPost();
  expect(await send(hours(0))).toBe(0);
  await setReminders(database.db, eve, true);
  expect([await send(hours(0)), mails[0]?.to]).toEqual([1, `${eve}@example.org`]);
  await withdrawAssignment(manager, id, 'Over.');
  expect(await send(hours(240 - 160))).toBe(0);
});
