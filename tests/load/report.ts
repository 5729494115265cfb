import { pace, type PlanOptions } from './plan.ts';
import type { Result } from './send.ts';

export interface Setting {
  readonly options: PlanOptions;
  readonly barMs: number;
  /** Of the server's process during the run. */
  readonly processorSeconds: number;
  readonly machine: string;
  /** Average before and at the end. */
  readonly loads: readonly [number, number];
}

/** What a run came to, as a page of the documentation. */
export function formatReport(
  results: readonly Result[],
  { options, barMs, processorSeconds, machine, loads }: Setting,
): { readonly text: string; readonly isHeld: boolean } {
  const routes = [...new Set(results.map(({ route }) => route))].toSorted();
  const all = summarise(results);
  const isHeld = all.errors === 0 && all.p95 <= barMs;
  const row = (name: string, some: readonly Result[]) => {
    const { count, errors, p50, p95, p99, most } = summarise(some);
    const cells = [count, errors, ...[p50, p95, p99, most].map(Math.round)];
    return `| ${[name, ...cells, (p95 / barMs).toFixed(2)].join(' | ')} |`;
  };
  const faults = [...new Set(results.flatMap(({ error }) => error ?? []))].slice(0, 5);
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
    '| request | sent | errors | p50 ms | p95 ms | p99 ms | most ms | p95 / bar |',
    '| --- | --- | --- | --- | --- | --- | --- | --- |',
    row('all', results),
    ...routes.map((route) =>
      row(
        `\`${route}\``,
        results.filter((result) => result.route === route),
      ),
    ),
    '',
    ...faults.map((fault) => `- ${fault}`),
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
