import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLog } from '#platform/log.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { listInvitations } from '../db/invitations.ts';
import type { Mail, SendMail } from '../mail/send-mail.ts';
import { noticeOf } from '../notices.ts';
import { openTestTeams } from '../open-test-teams.ts';
import { invitation } from '../tables.ts';
import type { Visit } from '../visit.ts';
import { mailStateOf } from './invitation-mail.ts';
import { inviteMany } from './invite-many.ts';
import { mailAgain } from './mail-again.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

function visitWith(sendMail: SendMail, hasMail = true): Visit {
  return {
    db: database.db,
    origin: 'https://day2.example',
    sign: (text: string) => text.padEnd(24),
    log: createLog('silent'),
    hasMail,
    sendMail,
  } as Visit;
}

/** Posts a table of so many people as the admin of a new organisation. */
async function invite(count: number, sendMail: SendMail, hasMail = true) {
  const { organisation, admin } = await openTestTeams(database.db);
  const rows = Array.from({ length: count }, (_, index) => `p${index}@example.org`).join('\n');
  const visit = visitWith(sendMail, hasMail);
  const { person, membership } = admin;
  const form = { name: 'invite-many', fields: { rows }, values: { rows } };
  const answer = await inviteMany({ visit, person, membership, form });
  const made = await database.db
    .select({ email: invitation.email })
    .from(invitation)
    .where(eq(invitation.organizationId, organisation.id));
  const to = answer.kind === 'done' ? answer.to : '';
  return { made, notice: noticeOf(new URL(to, visit.origin)) };
}

test('the answer does not wait for the mails, which go out a few at once, and one that fails stops no other', async () => {
  const waiting: (() => void)[] = [];
  const tried: Mail[] = [];
  const sendMail: SendMail = async (mail) => {
    tried.push(mail);
    await new Promise<void>((resolve) => waiting.push(resolve));
    if (mail.to.startsWith('p1')) throw new Error('refused');
  };
  const { made, notice } = await invite(50, sendMail);
  expect(made).toHaveLength(50);
  expect(notice).toBe('50 invitations are made. Their mails are on their way.');
  expect(tried.length).toBeLessThanOrEqual(4);
  await vi.waitFor(
    () => {
      expect(waiting.length).toBeLessThanOrEqual(4);
      for (const resolve of waiting.splice(0)) resolve();
      expect(tried).toHaveLength(50);
    },
    { interval: 5 },
  );
  expect(new Set(tried.map(({ to }) => to)).size).toBe(50);
});

test('where no mails are sent, none is said to be on its way', async () => {
  const { notice } = await invite(1, () => Promise.resolve(), false);
  expect(notice).toBe('1 invitation is made.');
});

test('what became of each mail is noted, and those that no mail server took are mailed again together', async () => {
  const { organisation, admin } = await openTestTeams(database.db);
  let isDown = true;
  const tried: string[] = [];
  const visit = visitWith(async ({ to }) => {
    tried.push(to);
    if (isDown && to.startsWith('p1')) throw new Error('refused');
  });
  const context = { visit, person: admin.person, membership: admin.membership };
  const rows = ['p0', 'p1', 'p2', 'p10'].map((name) => `${name}@example.org`).join('\n');
  await inviteMany({ ...context, form: { name: 'invite-many', fields: { rows }, values: {} } });
  const statesOf = async () => {
    const open = await listInvitations(database.db, organisation.id, null);
    return Object.fromEntries(open.map((row) => [row.email.split('@')[0], mailStateOf(row)]));
  };
  await vi.waitFor(async () =>
    expect(await statesOf()).toEqual({ p0: 'taken', p1: 'refused', p2: 'taken', p10: 'refused' }),
  );
  isDown = false;
  tried.length = 0;
  const form = { name: 'mail-again', fields: {}, values: {} };
  expect(await mailAgain({ ...context, form })).toMatchObject({
    kind: 'done',
    to: '/organisation/?mails=2#invitations',
  });
  await vi.waitFor(async () =>
    expect(Object.values(await statesOf())).toEqual(Array(4).fill('taken')),
  );
  expect(tried.toSorted()).toEqual(['p10@example.org', 'p1@example.org']);
  expect(await mailAgain({ ...context, form })).toMatchObject({ kind: 'refused', status: 409 });
});

test('a mail that nobody knows of is on its way for a quarter of an hour, then it is left', () => {
  const createdAt = new Date('2026-11-30T08:00:00Z');
  const stateAt = (time: string, mailAt: Date | null = null) =>
    mailStateOf({ mail: null, mailAt, createdAt }, Date.parse(time));
  expect(stateAt('2026-11-30T08:14:59Z')).toBe('coming');
  expect(stateAt('2026-11-30T08:15:00Z')).toBe('left');
  expect(stateAt('2026-11-30T09:05:00Z', new Date('2026-11-30T09:00:00Z'))).toBe('coming');
});
