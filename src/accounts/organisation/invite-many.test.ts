import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createLog } from '#platform/log.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import type { Mail, SendMail } from '../mail/send-mail.ts';
import { noticeOf } from '../notices.ts';
import { openTestTeams } from '../open-test-teams.ts';
import { invitation } from '../tables.ts';
import type { Visit } from '../visit.ts';
import { inviteMany } from './invite-many.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

/** Posts a table of so many people as the admin of a new organisation. */
async function invite(count: number, sendMail: SendMail, hasMail = true) {
  const { organisation, admin } = await openTestTeams(database.db);
  const rows = Array.from({ length: count }, (_, index) => `p${index}@example.org`).join('\n');
  const visit = {
    db: database.db,
    origin: 'https://day2.example',
    sign: (text: string) => text.padEnd(24),
    log: createLog('silent'),
    hasMail,
    sendMail,
  } as Visit;
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
