import { runStep } from './step.ts';

const bin = (file: string) => `node_modules/${file}`;

/** The quick checks, in the order in which they are cheapest to fail. */
export const quickSteps: readonly [name: string, args: readonly string[]][] = [
  ['format', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level=warn', '.']],
  ['content', ['src/courses/lint-command.ts']],
  ['types', [bin('astro/bin/astro.mjs'), 'check', '--minimumFailingSeverity', 'warning']],
  // After the types: it reads those that Astro generates for the content.
  ['lint', [bin('oxlint/bin/oxlint'), '--type-aware']],
  [
    'svelte',
    [
      bin('svelte-check/bin/svelte-check'),
      '--tsconfig',
      'tsconfig.svelte.json',
      '--threshold',
      'warning',
    ],
  ],
  ['dead code', [bin('knip/bin/knip.js')]],
  [
    'unit tests',
    [
      bin('vitest/vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      '--outputFile.json=.cache/tests/unit.json',
    ],
  ],
];

/** Runs every quick check, also after a failure, and resolves to the names of those that failed. */
export async function runQuickChecks(): Promise<string[]> {
  const failed: string[] = [];
  for (const [name, args] of quickSteps) {
    if (!(await runStep(name, args, 10 * 60_000))) failed.push(name);
  }
  return failed;
}

if (import.meta.main) {
  const failed = await runQuickChecks();
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`);
  process.exitCode = failed.length > 0 ? 1 : 0;
}
