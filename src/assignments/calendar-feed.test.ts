import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import ICAL from 'ical.js';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { answerNew } from './answer-assignment.ts';
import {
  findCalendarAddress,
  readCalendar,
  renewCalendar,
  revokeCalendar,
} from './calendar-feed.ts';
import { shippedPath } from './testing/draft.ts';
import { now, post, sound } from './testing/forms.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('a calendar address shows what is due for its person until it is replaced or revoked', async () => {
  const { manager, team, ada } = await openTestTeams(database.db);
  await answerNew(manager, shippedPath, post(sound(team)), now);
  const sign = (text: string) => Buffer.from(text).toString('base64url');
  const visit = { db: database.db, sign, origin: 'https://day2.example' };
  expect(await findCalendarAddress(visit, ada)).toBeNull();
  await renewCalendar(visit, ada);
  const token = async () =>
    /([^/]+)\.ics$/.exec((await findCalendarAddress(visit, ada)) ?? '')?.[1] ?? '';
  const first = await token();
  const file = await readCalendar(visit, first, now);
  const events = new ICAL.Component(ICAL.parse(file?.text ?? '') as never[]).getAllSubcomponents(
    'vevent',
  );
  expect(events).toHaveLength(1);
  expect(await readCalendar(visit, `${first}x`, now)).toBeNull();
  expect(await readCalendar(visit, first.split('-')[0] ?? '', now)).toBeNull();
  await renewCalendar(visit, ada);
  expect(await readCalendar(visit, first, now)).toBeNull();
  const second = await token();
  expect(await readCalendar(visit, second, now)).not.toBeNull();
  await revokeCalendar(visit, ada);
  expect(await readCalendar(visit, second, now)).toBeNull();
});
