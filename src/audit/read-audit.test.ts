import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { auditPerson } from '#accounts/audit-person.ts';
import { makeTestOrganisation, type TestOrganisation } from '#accounts/make-test-organisation.ts';
import { member, passkey, user } from '#accounts/tables.ts';
import { openTestDatabase } from '#platform/open-test-database.ts';
import { writeAudit } from '#platform/audit.ts';
import { exportAudit } from './export-audit.ts';
import { readAuditQuery } from './filters.ts';
import { readAudit } from './read-audit.ts';

// A PostgreSQL is made and started.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

let database: Awaited<ReturnType<typeof openTestDatabase>>;
let example: TestOrganisation;
/** Whose log is read. */
let organisation: string;
let bea: string;
let carl: string;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database[Symbol.asyncDispose]());
beforeEach(async () => {
  example = await makeTestOrganisation(database.db);
  organisation = example.id;
  bea = await example.addPerson('Bea');
  carl = await example.addPerson('Carl');
});

const grant = (to: string, place = organisation) =>
  writeAudit(database.db, {
    actor: bea,
    action: 'role granted',
    subject: `user:${to}`,
    details: { organisation: place, role: 'admin' },
  });

async function read(query = '') {
  const page = await readAudit(
    database.db,
    organisation,
    readAuditQuery(new URL(`http://site.invalid/${query}`)),
  );
  return { ...page, sentences: page.lines.map(({ sentence }) => sentence) };
}

test('rows are told in words, newest first, and those of another organisation are not there', async () => {
  const id = await example.addTeam('Platform');
  await grant(carl);
  await grant(carl, (await makeTestOrganisation(database.db)).id);
  await writeAudit(database.db, {
    actor: bea,
    action: 'put into team',
    subject: `user:${carl}`,
    details: { organisation, team: id },
  });
  await writeAudit(database.db, { actor: bea, action: 'role granted', subject: `user:${carl}` });
  expect((await read()).sentences).toEqual([
    'Bea put Carl into the team Platform.',
    'Bea made Carl an admin.',
  ]);
});

test('who was deleted is called so, and the id stays', async () => {
  await grant(carl);
  await database.db.delete(user).where(eq(user.id, carl));
  const { lines } = await read();
  expect(lines[0]).toMatchObject({
    sentence: 'Bea made a deleted person an admin.',
    subject: `user:${carl}`,
  });
});

test('an action that this release does not know keeps its name', async () => {
  const details = { organisation };
  await writeAudit(database.db, { actor: bea, action: 'cake baked', subject: 'cake:1', details });
  expect((await read()).sentences).toEqual(['Bea: cake baked.']);
});

test('filters find a person as the one who acted and as the one concerned; pages follow a cursor', async () => {
  const dan = await example.addPerson('Dan');
  for (let index = 0; index < 51; index++) await grant(carl);
  await grant(dan);
  await writeAudit(database.db, {
    actor: bea,
    action: 'extension granted',
    subject: 'assignment:none',
    details: { organisation, person: dan, dueAt: '2027-05-03T21:59:59.999Z' },
  });
  expect((await read(`?person=${dan}`)).sentences).toEqual([
    'Bea gave Dan until Mon 3 May 2027, 21:59 (UTC) for “a deleted assignment”.',
    'Bea made Dan an admin.',
  ]);
  expect((await read(`?person=${dan}&action=role+granted`)).lines).toHaveLength(1);
  const first = await read(`?person=${bea}`);
  expect(first.lines).toHaveLength(50);
  const second = await read(`?person=${bea}&before=${first.next}`);
  expect(second.lines).toHaveLength(3);
  expect(second.next).toBeNull();
  const today = new Date().toISOString().slice(0, 10);
  expect((await read(`?from=${today}&to=${today}`)).lines).toHaveLength(50);
  expect((await read('?to=2020-01-01')).lines).toEqual([]);
});

test('a day that is none is named, and filters nothing', async () => {
  await grant(carl);
  const query = readAuditQuery(new URL('http://site.invalid/?from=2026-02-30&to=2020-01-01'));
  expect(query.errors).toEqual({
    from: 'This is not a day of the calendar. Write it as 2026-12-31.',
  });
  expect(query.typed['from']).toBe('2026-02-30');
});

test('what people change of their own sign-in is written for each of their organisations, also by better-auth', async () => {
  const { id: other } = await makeTestOrganisation(database.db);
  await database.db
    .insert(member)
    .values({ id: randomUUID(), organizationId: other, userId: carl, role: 'learner' });
  await database.db.insert(passkey).values({
    id: randomUUID(),
    publicKey: 'key',
    userId: carl,
    credentialID: randomUUID(),
    counter: 0,
    deviceType: 'singleDevice',
    backedUp: false,
  });
  await auditPerson(database.db, carl, 'password changed');
  expect((await read()).sentences).toEqual([
    'Carl set a password and signed other browsers out.',
    'Carl added a passkey.',
  ]);
  organisation = other;
  expect((await read()).lines).toHaveLength(2);
});

test('the export has a row of its own, and no cell that a spreadsheet runs', async () => {
  await database.db
    .update(user)
    .set({ name: '=HYPERLINK("http://evil.example")' })
    .where(eq(user.id, bea));
  await grant(carl);
  const { filters } = readAuditQuery(new URL('http://site.invalid/'));
  const csv = await text(await exportAudit(database.db, { organisation, by: bea, filters }));
  const [heading, exported, granted, end] = csv.split('\r\n');
  expect(heading).toBe('id,at,what,actor,action,subject,details');
  expect(exported).toContain('audit log exported');
  expect(granted).toContain(`"'=HYPERLINK(""http://evil.example"") made Carl an admin."`);
  expect(end).toBe('');
});
