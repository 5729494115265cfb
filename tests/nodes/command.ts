import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { listAccountSpecs } from '../support/account-specs.ts';
import { findOptionalPostgres, postgresMissing } from '../support/distribution-postgres.ts';

/**
 * Runs browser tests of accounts against two servers on one PostgreSQL of the distribution, behind a
 * proxy that sends every request to the other one than the request before it. Without arguments all
 * that open a site with accounts; `--short` is what `npm test` takes.
 */
const short = ['nodes', 'accounts', 'worker'];

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const programs = findOptionalPostgres();
if (!programs) console.log(`SKIPPED: ${postgresMissing}`);
else {
  const named = values.short ? short : positionals;
  const chosen = named.length > 0 ? named.map((name) => `${name}.spec.ts`) : listAccountSpecs();
  console.log(`Two servers on the PostgreSQL of ${programs}: ${chosen.join(', ')}`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', ...chosen.map((name) => `e2e/${name}`)],
    { stdio: 'inherit', env: { ...process.env, DAY2_TEST_NODES: '2' } },
  );
  process.exitCode = status ?? 1;
}
