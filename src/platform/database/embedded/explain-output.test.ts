import { expect, test } from 'vitest';
import { explainOutput } from './explain-output.ts';

test('a full disk is said with the line of PostgreSQL and passes when there is space again', () => {
  const output = `LOG:  redirecting log output
FATAL:  could not write lock file "postmaster.pid": No space left on device`;
  const problem = explainOutput(output, '/srv/data/postgres');
  expect(problem.kind).toBe('passing');
  expect(problem.message).toMatchInlineSnapshot(
    `"The embedded PostgreSQL did not start: FATAL:  could not write lock file "postmaster.pid": No space left on device. Where: /srv/data/postgres. Repair: free space on this disk, or move the data folder and name it with DAY2_DATA."`,
  );
});

test('binaries that the machine cannot run are said as lasting', () => {
  const problem = explainOutput('Error: spawn /opt/postgres ENOENT', '/srv/data/postgres');
  expect(problem.kind).toBe('lasting');
  expect(problem.message).toContain('glibc');
});
