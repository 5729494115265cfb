import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { Client } from 'pg';
import { readLabFolder } from '../../src/labs/read-lab-folder.ts';
import { passedAttempt } from '../../src/submissions/testing/passed-attempt.ts';
import { openAccountSite, type AccountSite } from '../support/account-site.ts';
import { password } from '../support/account-steps.ts';
import { setUpOverHttp, type HttpPerson } from '../support/http-person.ts';
import { countProcesses, startWorker, type WorkerProcess } from '../support/worker-process.ts';

/** Servers that grade nothing, and `npm run worker` beside them; the tests are steps in this order. */
test.describe.configure({ mode: 'serial' });

const lab = 'l06-first-service';
/** A grade comes again later where the machine starved it. */
const VERIFIED_WITHIN = 180_000;

let site: AccountSite;
let ada: HttpPerson;
let client: Client;
/** Where workers keep the files of grades. */
let folder: string;
const workers: WorkerProcess[] = [];

test.beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'day2-worker-'));
  // As root they grade as somebody else.
  await chmod(folder, 0o755);
  site = await openAccountSite({ DAY2_VERIFY: 'off' });
  ada = await setUpOverHttp(site.url, site.setUpCode, { email: 'ada@example.org', password });
  client = new Client({ connectionString: site.databaseUrl });
  await client.connect();
});

test.afterAll(async () => {
  for (const worker of workers) worker.signal('SIGKILL');
  await client?.end();
  await site?.close();
  await rm(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string | undefined>> = {}): WorkerProcess {
  const worker = startWorker({ DATABASE_URL: site.databaseUrl, TMPDIR: folder, ...env });
  workers.push(worker);
  return worker;
}

const faults = [
  [{ DATABASE_URL: undefined }, /DATABASE_URL names none\..*Repair: DATABASE_URL=postgres:/],
  [{ DATABASE_URL: 'mysql://x' }, /DATABASE_URL=\(not shown\).*Repair: write postgres:/],
  [{ DAY2_VERIFY_CONCURRENCY: '99' }, /DAY2_VERIFY_CONCURRENCY=99: .*from 1 to 16/],
  [{ CHROMIUM_PATH: '/nowhere' }, /no Chromium at \/nowhere.*Where: CHROMIUM_PATH/],
] as const;

test('a worker that lacks something says what and ends', async () => {
  const ends = faults.map(async ([env, says]) => {
    const worker = start(env);
    expect(await worker.ended).toBe(1);
    expect(worker.lines.join('\n')).toMatch(says);
    expect(worker.lines.join('\n')).not.toMatch(/^\s+at /m);
  });
  await Promise.all(ends);
});

test('a worker that the database refuses says so, tries on, and ends when it is told to', async () => {
  const url = site.databaseUrl.replace(/:[^:@/]+@/, ':wrong@');
  const worker = start({ DATABASE_URL: url });
  await worker.find(/(correct the user and password in DATABASE_URL)/);
  worker.signal('SIGTERM');
  expect(await worker.ended).toBe(0);
});

test('what is sent while nobody verifies waits', async () => {
  const { definition, start, solution } = (await readLabFolder(lab))!;
  const files = Object.fromEntries(definition.editable.map((file) => [file, solution[file] ?? '']));
  const attempt = passedAttempt(lab, { definition, start, solution }, files);
  const sent = await ada.postJson('/api/submissions/', attempt);
  expect(sent.status).toBe(200);
  expect(await readStanding()).toMatchObject({ isStaffed: false, newest: { state: 'queued' } });
});

test('a worker that is told to end in the middle of a grade gives it back at once', async () => {
  const worker = start();
  await untilGrading();
  worker.signal('SIGTERM');
  expect(await worker.ended).toBe(0);
  // They were killed; the system takes a moment to end them.
  await expect.poll(() => countProcesses(folder)).toBe(0);
  expect(await readdir(folder)).toEqual([]);
  expect((await readStanding()).newest).toMatchObject({
    state: 'queued',
    reason: 'The worker was stopped while it graded.',
  });
});

test('a worker that is killed in the middle of a grade leaves nothing, and the next one verifies', async () => {
  test.setTimeout(VERIFIED_WITHIN + 60_000);
  const worker = start();
  await tryAtOnce();
  await untilGrading();
  worker.signal('SIGKILL');
  await worker.ended;
  await expect.poll(() => countProcesses(folder)).toBe(0);
  expect((await readStanding()).newest?.state).toBe('running');
  // The half minute after which a silent worker is taken for dead passes at once.
  await client.query(`UPDATE pgboss.job SET heartbeat_on = now() - interval '1 minute'`);

  const next = start();
  await next.find(/(Day Two verifies results here, 1 at a time)/);
  await expect
    .poll(
      async () => {
        await tryAtOnce();
        return (await readStanding()).newest?.state;
      },
      { timeout: VERIFIED_WITHIN },
    )
    .toBe('verified');
  expect(await readStanding()).toMatchObject({ isStaffed: true });
  next.signal('SIGTERM');
  expect(await next.ended).toBe(0);
});

/** Browsers of a grade run. */
async function untilGrading(): Promise<void> {
  await expect
    .poll(async () => (await readStanding()).newest?.state, { timeout: 60_000 })
    .toBe('running');
  await expect.poll(() => countProcesses(folder), { timeout: 30_000 }).toBeGreaterThan(2);
}

/** The pause before the next try passes at once. */
async function tryAtOnce(): Promise<void> {
  await client.query(`UPDATE pgboss.job SET start_after = now() WHERE state = 'retry'`);
}

async function readStanding() {
  const response = await ada.get(`/api/submissions/?lab=${lab}`);
  return (await response.json()) as {
    isStaffed: boolean;
    newest: { state: string; reason: string | null } | null;
  };
}
