import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { findOptionalPostgres, postgresMissing } from '../support/distribution-postgres.ts';

/**
 * Runs browser tests of accounts against two servers on one PostgreSQL of the distribution, behind a
 * proxy that sends every request to the other one than the request before it. Without arguments all
 * that open a site with accounts; `--short` is what `npm test` takes.
 */
const short = ['nodes', 'accounts'];
const e2e = 'tests/e2e';

const { values, positionals } = parseArgs({
  options: { short: { type: 'boolean', default: false } },
  allowPositionals: true,
});
const programs = findOptionalPostgres();
if (!programs) console.log(`SKIPPED: ${postgresMissing}`);
else {
  const chosen = values.short ? short : positionals.length > 0 ? positionals : listSpecs();
  console.log(`Two servers on the PostgreSQL of ${programs}: ${chosen.join(', ')}`);
  const files = chosen.map((name) => `${e2e}/${name}.spec.ts`);
  const { status } = spawnSync(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', ...files],
    { stdio: 'inherit', env: { ...process.env, DAY2_TEST_NODES: '2' } },
  );
  process.exitCode = status ?? 1;
}

/** Every file of browser tests that opens a site with accounts. */
function listSpecs(): string[] {
  return readdirSync(e2e)
    .filter((name) => name.endsWith('.spec.ts'))
    .filter((name) => readFileSync(`${e2e}/${name}`, 'utf8').includes('openAccountSite('))
    .map((name) => name.replace('.spec.ts', ''));
}
