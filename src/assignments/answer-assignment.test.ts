import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { openTestTeams } from '#accounts/open-test-teams.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { answerNew, listMyChoices } from './answer-assignment.ts';
import { findManaged } from './read-managed.ts';
import { findMine } from './read-mine.ts';
import { shippedPath } from './testing/draft.ts';
import { errorsOf, idOf, now, post, sound } from './testing/forms.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

test('a form that is all right assigns, with the end of the day in its zone', async () => {
  const { manager, team, ada } = await openTestTeams(database.db);
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const { assignment, people } = (await findManaged(manager, id, now))!;
  expect(assignment.terms.zone).toBe('Europe/Berlin');
  expect(assignment.terms.dueAt.toISOString()).toBe('2099-03-29T21:59:59.999Z');
  expect(people.map(({ person, standing }) => [person.name, standing.kind])).toEqual([
    ['Ada', 'upcoming'],
    ['Mia', 'upcoming'],
  ]);
  expect((await findMine(database.db, { id: ada }, id, now))?.assignment.id).toBe(id);
});

test('every field that is not usable is named, and what was typed comes back', async () => {
  const { manager, team } = await openTestTeams(database.db);
  const refused = async (more: Readonly<Record<string, string>>) =>
    errorsOf(await answerNew(manager, shippedPath, post({ ...sound(team), ...more }), now));
  expect(await refused({ 'starts-day': '', 'due-day': '' })).toMatchInlineSnapshot(`
    {
      "due-day": "Choose the last day.",
      "starts-day": "Choose the first day.",
    }
  `);
  expect(await refused({ 'due-day': '2099-02-30' })).toMatchInlineSnapshot(`
    {
      "due-day": "This is not a day of the calendar. Write it as 2026-12-31.",
    }
  `);
  expect(await refused({ 'due-time': '02:30' })).toMatchInlineSnapshot(`
    {
      "due-time": "Clocks in Europe/Berlin skip this time on that day. The next one there is 2099-03-29, 03:00.",
    }
  `);
  expect(await refused({ 'due-time': '25:00' })).toMatchInlineSnapshot(`
    {
      "due-time": "Write the time as 17:00, or leave it empty.",
    }
  `);
  expect(await refused({ zone: 'Berlin' })).toMatchInlineSnapshot(`
    {
      "zone": ""Berlin" is not in the time zone database. Write a place such as Europe/Berlin, or UTC.",
    }
  `);
  expect(await refused({ 'due-day': '2099-03-01' })).toMatchInlineSnapshot(`
    {
      "due-day": "It ends before it begins. Choose a later day.",
    }
  `);
  const passed = { 'starts-day': '2099-02-01', 'due-day': '2099-03-01' };
  expect(await refused(passed)).toMatchInlineSnapshot(`
    {
      "due-day": "This has passed already. Choose a moment that is still to come.",
    }
  `);
  expect(await refused({ 'optional:course': 'on', 'optional:l06': 'on' })).toMatchInlineSnapshot(`
    {
      "optional": "Leave at least one item required.",
    }
  `);
  expect(await refused({ late: 'maybe' })).toMatchInlineSnapshot(`
    {
      "late": "Choose what happens with late work.",
    }
  `);
  const answer = await answerNew(
    manager,
    shippedPath,
    post({ ...sound(team), zone: 'Berlin', note: 'Kept.' }),
    now,
  );
  expect(answer?.kind === 'refused' && answer.values).toMatchObject({
    note: 'Kept.',
    zone: 'Berlin',
    [`team:${team}`]: 'on',
  });
});

test('all faults are named at once, from the top of the form to its end', async () => {
  const { manager, admin, organisation, team, other } = await openTestTeams(database.db);
  const { [`team:${team}`]: _, ...fields }: Record<string, string> = {
    ...sound(team),
    'due-day': '',
    zone: 'Mars',
    note: 'n'.repeat(501),
  };
  const answer = await answerNew(manager, shippedPath, post(fields), now);
  expect(Object.keys(errorsOf(answer) ?? {})).toEqual(['targets', 'due-day', 'zone', 'note']);
  // Without a team on the page the fault stands beside the people.
  for (const id of [team, other]) await organisation.removeTeam(id);
  const alone = await answerNew(admin, shippedPath, post({ ...fields, zone: 'UTC' }), now);
  expect(Object.keys(errorsOf(alone) ?? {})).toEqual(['people', 'due-day', 'note']);
});

test('somebody may give work to the teams that they manage, each with the number of its people', async () => {
  const { manager, admin } = await openTestTeams(database.db);
  const { teams, people } = await listMyChoices(manager);
  expect(teams.map(({ name, people: count }) => [name, count])).toEqual([['Platform', 2]]);
  expect(people.map(({ name }) => name)).toEqual(['Ada', 'Mia']);
  const all = await listMyChoices(admin);
  expect(all.teams.map(({ name, people: count }) => [name, count])).toEqual([
    ['Network', 1],
    ['Platform', 2],
  ]);
  expect(all.people.map(({ name }) => name)).toEqual(['Ada', 'Bob', 'Mia', 'Root']);
});

test('teams and people whom somebody does not manage cannot be assigned by naming them', async () => {
  const { manager, other, bob } = await openTestTeams(database.db);
  const { [`team:${other}`]: _, ...rest } = sound(other);
  const fields = { ...rest, [`team:${other}`]: 'on', [`person:${bob}`]: 'on' };
  const answer = await answerNew(manager, shippedPath, post(fields), now);
  expect(errorsOf(answer)).toEqual({ targets: 'Choose at least one team or person.' });
});
