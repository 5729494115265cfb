import type { ClassroomOptions } from './classroom.ts';
import { pace, type PlanOptions } from './plan.ts';
import type { Result } from './send.ts';

export interface Setting {
  readonly options: PlanOptions;
  /** How a workshop began before the load. */
  readonly classroom: ClassroomOptions & { readonly results: readonly Result[] };
  readonly barMs: number;
  /** Of the server's process during the run. */
  readonly processorSeconds: number;
  readonly machine: string;
  /** Average before and at the end. */
  readonly loads: readonly [number, number];
}

const head = [
  '| request | sent | errors | p50 ms | p95 ms | p99 ms | most ms | p95 / bar |',
  '| --- | --- | --- | --- | --- | --- | --- | --- |',
];

/** What a run came to, as a page of the documentation. */
export function formatReport(
  results: readonly Result[],
  { options, classroom, barMs, processorSeconds, machine, loads }: Setting,
): { readonly text: string; readonly isHeld: boolean } {
  const all = summarise(results);
  const isHeld = all.errors === 0 && all.p95 <= barMs && summarise(classroom.results).errors === 0;
  const row = (name: string, some: readonly Result[]) => {
    const { count, errors, p50, p95, p99, most } = summarise(some);
    const cells = [count, errors, ...[p50, p95, p99, most].map(Math.round)];
    return `| ${[name, ...cells, (p95 / barMs).toFixed(2)].join(' | ')} |`;
  };
  const rowsOf = (some: readonly Result[]) =>
    [...new Set(some.map(({ route }) => route))].toSorted().map((name) =>
      row(
        `\`${name}\``,
        some.filter(({ route }) => route === name),
      ),
    );
  const faultsOf = (some: readonly Result[]) =>
    [...new Set(some.flatMap(({ error }) => error ?? []))].slice(0, 5).map((fault) => `- ${fault}`);
  const { learners, managers, seconds, seed } = options;
  const text = [
    '# A site under load',
    '',
    `Written by \`npm run bench:site\` on ${new Date().toISOString().slice(0, 10)}: ${machine}; load average ${loads[0].toFixed(1)} before and ${loads[1].toFixed(1)} at the end, the server, its embedded PostgreSQL and the load included.`,
    '',
    `${learners} signed-in learners and ${managers} managers for ${seconds} s (seed ${seed}): ${(results.length / seconds).toFixed(1)} requests a second. Arrivals are drawn as Poisson processes and sent at their time, whatever became of those before; milliseconds count from the planned moment to the last byte. Of each learner, on average: a change that is synced every ${pace['sync a change']} s, a sync without one every ${pace['sync, nothing new']} s, a lesson opened every ${pace['open a lesson']} s, with what its page asks (who is signed in, one exchange). Of each manager: a page every ${pace['open a page']} s. Requests of one deed come one after the other, and the later ones count from the end of the one before.`,
    '',
    `The bar: p95 of at most ${barMs} ms, no errors. **${isHeld ? 'It holds' : 'It does not hold'}**: p95 is ${(all.p95 / barMs).toFixed(2)} of the bar, ${all.errors} errors. The server took ${((processorSeconds / seconds) * 100).toFixed(0)} % of one core, ${((processorSeconds * 1000) / results.length).toFixed(1)} ms a request, without PostgreSQL's. Milliseconds are of that machine at that load; ratios carry over.`,
    '',
    ...head,
    row('all', results),
    ...rowsOf(results),
    '',
    ...faultsOf(results),
    '## A workshop begins',
    '',
    `${classroom.people} people behind one address make their accounts from invitations within ${classroom.seconds} s, then all sign in within ${classroom.seconds} s, each at a moment of their own. Each of these takes a password through scrypt on purpose, so there is no bar on their time, only on errors: nobody may be refused or told to come back.`,
    '',
    ...head,
    ...rowsOf(classroom.results),
    '',
    ...faultsOf(classroom.results),
  ];
  return { text: `${text.join('\n').trimEnd()}\n`, isHeld };
}

function summarise(results: readonly Result[]) {
  const sorted = results.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const at = (share: number) =>
    sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
  return {
    count: results.length,
    errors: results.filter(({ error }) => error !== null).length,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    most: at(1),
  };
}
