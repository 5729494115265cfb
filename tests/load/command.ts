import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { openAccountSite } from '../support/account-site.ts';
import { password } from '../support/account-steps.ts';
import { setUpOverHttp, signInOverHttp } from '../support/http-person.ts';
import { playClassroom } from './classroom.ts';
import { assignPath, lessons } from './pages.ts';
import type { PlanOptions } from './plan.ts';
import { formatReport } from './report.ts';
import { seedSite } from './seed-site.ts';
import type { Result, Sender, Senders } from './send.ts';

/**
 * Measures a site that learners sync with and managers browse at once; the load comes from a process of
 * its own to 127.0.0.1. `npm run bench:site -- --learners 200 --managers 20 --seconds 60`.
 */
const { values } = parseArgs({
  options: {
    learners: { type: 'string', default: '200' },
    managers: { type: 'string', default: '20' },
    seconds: { type: 'string', default: '60' },
    pupils: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string', default: 'docs/bench-site.md' },
  },
});
const options: PlanOptions = {
  learners: Number(values.learners),
  managers: Number(values.managers),
  seconds: Number(values.seconds),
  seed: Number(values.seed),
};
const classroom = { people: Number(values.pupils), seconds: 60, seed: options.seed, password };
const BAR_MS = 300;

const site = await openAccountSite({ DAY2_LOG: 'warn' });
try {
  const admin = await setUpOverHttp(site.url, site.setUpCode, {
    email: 'ada@example.org',
    password,
  });
  const begun = await playClassroom(site, classroom);
  const seeded = await seedSite(site.databaseUrl, { ...options, teams: 10, entries: 60 });
  const pages: (readonly string[])[] = [];
  for (const team of seeded.teams) pages.push(await assignPath(admin, team));
  const learners = await signIn(seeded.learners, () => lessons);
  // As seeded: each team has every tenth of them.
  const managers = await signIn(seeded.managers, (index) => pages[index % pages.length] ?? []);
  const senders: Senders = { url: site.url, learners, managers };
  // Every kind of page was loaded once, as on a server that has been up for more than a moment.
  await sendFor({ ...options, seconds: 3, seed: 0 }, senders);
  const [loadBefore, before] = [loadavg()[0] ?? 0, await readProcessorSeconds()];
  const results = await sendFor(options, senders);
  const processorSeconds = (await readProcessorSeconds()) - before;
  const report = formatReport(results, {
    classroom: { ...classroom, results: begun },
    options,
    barMs: BAR_MS,
    processorSeconds,
    machine: `${cpus().length} x ${cpus()[0]?.model ?? 'unknown processor'}`,
    loads: [loadBefore, loadavg()[0] ?? 0],
  });
  await writeFile(values.out, report.text);
  console.log(report.text);
  process.exitCode = report.isHeld ? 0 : 1;
} finally {
  await site.close();
}

/** One after the other: a password takes a tenth of a second of one core on purpose. */
async function signIn(
  emails: readonly string[],
  opens: (index: number) => readonly string[],
): Promise<Sender[]> {
  const senders: Sender[] = [];
  for (const [index, email] of emails.entries()) {
    const { id, cookie } = await signInOverHttp(site.url, { email, password });
    senders.push({ id, cookie, opens: opens(index) });
  }
  return senders;
}

async function sendFor(plan: PlanOptions, senders: Senders): Promise<Result[]> {
  const child = fork(new URL('send-command.ts', import.meta.url), { serialization: 'advanced' });
  child.send({ options: plan, senders });
  const ended = once(child, 'exit').then(() => {
    throw new Error('The process of the load ended without results.');
  });
  ended.catch(() => {});
  const [results] = (await Promise.race([once(child, 'message'), ended])) as [Result[]];
  return results;
}

/** As the server counts them for Prometheus; PostgreSQL's are not among them. */
async function readProcessorSeconds(): Promise<number> {
  const text = await (await fetch(`${site.url}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)/m.exec(text)?.[1] ?? Number.NaN);
}
