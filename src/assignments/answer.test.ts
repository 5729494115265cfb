import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import ICAL from 'ical.js';
import type { FormAnswer } from '#forms/answer.ts';
import type { Asker } from './asker.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { answerEdit, answerNew, listMyChoices } from './answer-assignment.ts';
import { answerManaged } from './answer-managed.ts';
import {
  findCalendarAddress,
  readCalendar,
  renewCalendar,
  revokeCalendar,
} from './calendar-feed.ts';
import { findManaged } from './read-managed.ts';
import { findMine } from './read-mine.ts';
import { makeOrganisation, shippedPath } from './testing/organisation.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());

// The database takes the time of joining from its own clock, which these days are ahead of.
const now = new Date('2099-03-10T10:00:00Z');

async function openTeam() {
  const organisation = await makeOrganisation(database.db);
  const team = await organisation.addTeam('Platform');
  const other = await organisation.addTeam('Network');
  const ada = await organisation.addPerson('Ada', 'learner', [team]);
  const bob = await organisation.addPerson('Bob', 'learner', [other]);
  const mia = await organisation.addPerson('Mia', 'manager', [team]);
  const manager = organisation.ask(mia, 'manager', [team]);
  return { organisation, team, other, ada, bob, mia, manager };
}

function post(fields: Readonly<Record<string, string>>): Request {
  return new Request('http://localhost/', { method: 'POST', body: new URLSearchParams(fields) });
}

const sound = (team: string) => ({
  form: 'assignment',
  'starts-day': '2099-03-11',
  'due-day': '2099-03-29',
  zone: 'europe/berlin',
  late: 'accept',
  [`team:${team}`]: 'on',
});

const errorsOf = (answer: FormAnswer | null) => (answer?.kind === 'refused' ? answer.errors : null);
const idOf = (answer: FormAnswer | null) =>
  (answer?.kind === 'done' ? answer.to : '').split('/')[2] ?? '';

test('a form that is all right assigns, with the end of the day in its zone', async () => {
  const { manager, team, ada } = await openTeam();
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
  const { manager, team } = await openTeam();
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
  const { manager, organisation, team } = await openTeam();
  const { [`team:${team}`]: _, ...fields }: Record<string, string> = {
    ...sound(team),
    'due-day': '',
    zone: 'Mars',
    note: 'n'.repeat(501),
  };
  const answer = await answerNew(manager, shippedPath, post(fields), now);
  expect(Object.keys(errorsOf(answer) ?? {})).toEqual(['targets', 'due-day', 'zone', 'note']);
  // Without a team on the page the fault stands beside the people.
  const person = await organisation.addPerson('Eve', 'admin');
  const admin = organisation.ask(person, 'admin');
  for (const name of ['Platform', 'Network']) await organisation.removeTeam(name);
  const alone = await answerNew(admin, shippedPath, post({ ...fields, zone: 'UTC' }), now);
  expect(Object.keys(errorsOf(alone) ?? {})).toEqual(['people', 'due-day', 'note']);
});

test('somebody may give work to the teams that they manage, each with the number of its people', async () => {
  const { organisation, manager } = await openTeam();
  const { teams, people } = await listMyChoices(manager);
  expect(teams.map(({ name, people: count }) => [name, count])).toEqual([['Platform', 2]]);
  expect(people.map(({ name }) => name)).toEqual(['Ada', 'Mia']);
  const admin = organisation.ask(await organisation.addPerson('Eve', 'admin'), 'admin');
  const all = await listMyChoices(admin);
  expect(all.teams.map(({ name, people: count }) => [name, count])).toEqual([
    ['Network', 1],
    ['Platform', 2],
  ]);
  expect(all.people.map(({ name }) => name)).toEqual(['Ada', 'Bob', 'Eve', 'Mia']);
});

test('teams and people whom somebody does not manage cannot be assigned by naming them', async () => {
  const { manager, other, bob } = await openTeam();
  const { [`team:${other}`]: _, ...rest } = sound(other);
  const fields = { ...rest, [`team:${other}`]: 'on', [`person:${bob}`]: 'on' };
  const answer = await answerNew(manager, shippedPath, post(fields), now);
  expect(errorsOf(answer)).toEqual({ targets: 'Choose at least one team or person.' });
});

test('an assignment that has ended can be changed as long as its end stays or moves into the future', async () => {
  const { manager, team } = await openTeam();
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const after = new Date('2099-05-01T00:00:00Z');
  const edit = async (more: Readonly<Record<string, string>>) => {
    const managed = (await findManaged(manager, id, after))!;
    const revision = String(managed.assignment.revision);
    const fields = { ...sound(team), zone: 'Europe/Berlin', revision, ...more };
    return answerEdit(manager, managed, null, post(fields), after);
  };
  expect((await edit({ note: 'Only the note.' }))?.kind).toBe('done');
  expect(errorsOf(await edit({ 'due-day': '2099-04-01' }))).toHaveProperty('due-day');
  expect((await edit({ 'due-day': '2099-05-20' }))?.kind).toBe('done');
  const stale = await edit({ 'due-day': '2099-05-20', revision: '0' });
  expect(stale?.kind === 'refused' && [stale.status, stale.values['note']]).toEqual([
    409,
    undefined,
  ]);
  const forged = await edit({ 'due-day': '2099-05-20', revision: 'x' });
  expect(forged?.kind === 'refused' && forged.status).toBe(409);
});

test('two people change one assignment: the second is told, keeps what they typed, and may put theirs on top', async () => {
  const { organisation, manager, team } = await openTeam();
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const other = organisation.ask(await organisation.addPerson('Eve', 'admin'), 'admin');
  const open = async (asker: Asker) => (await findManaged(asker, id, now))!;
  const save = async (asker: Asker, revision: number, note: string) => {
    const fields = { ...sound(team), revision: String(revision), note };
    return answerEdit(asker, await open(asker), null, post(fields), now);
  };
  const { revision } = (await open(manager)).assignment;
  expect((await save(manager, revision, 'The first.'))?.kind).toBe('done');
  const second = await save(other, revision, 'The second.');
  expect(second).toMatchObject({ kind: 'refused', status: 409, values: { note: 'The second.' } });
  const shown = (await open(other)).assignment;
  expect(shown.note).toBe('The first.');
  expect((await save(other, shown.revision, 'The second.'))?.kind).toBe('done');
  expect((await open(manager)).assignment.note).toBe('The second.');
  const withdrawal = { form: 'withdraw', reason: 'Wrong path.' };
  await answerManaged(manager, await open(manager), post(withdrawal), now);
  const late = await save(other, shown.revision + 1, 'Too late.');
  expect(late).toMatchObject({ kind: 'refused', status: 410, values: { note: 'Too late.' } });
});

test('more time needs a person, a later end and a reason; withdrawing needs a reason', async () => {
  const { manager, team, ada, bob } = await openTeam();
  const id = idOf(await answerNew(manager, shippedPath, post(sound(team)), now));
  const send = async (fields: Readonly<Record<string, string>>) =>
    answerManaged(manager, (await findManaged(manager, id, now))!, post(fields), now);
  const extension = { form: 'extend', person: ada, 'due-day': '2099-04-10', reason: 'Ill.' };
  expect(errorsOf(await send({ ...extension, reason: '' }))).toEqual({
    reason: 'Say why, in a few words.',
  });
  expect(errorsOf(await send({ ...extension, person: bob }))).toHaveProperty('person');
  expect(errorsOf(await send({ ...extension, 'due-day': '2099-03-20' }))).toHaveProperty('due-day');
  expect((await send(extension))?.kind).toBe('done');
  const mine = await findMine(database.db, { id: ada }, id, now);
  expect(mine?.standing.extension?.reason).toBe('Ill.');
  expect(errorsOf(await send({ form: 'withdraw' }))).toHaveProperty('reason');
  expect((await send({ form: 'withdraw', reason: 'Wrong path.' }))?.kind).toBe('done');
  const again = await send(extension);
  expect(again?.kind === 'refused' && again.status).toBe(409);
});

test('a calendar address shows what is due for its person until it is replaced or revoked', async () => {
  const { manager, team, ada } = await openTeam();
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
