import type { Attempt } from '../../src/submissions/attempt.ts';

/** Something forged, and how the server must answer it. */
export interface Forgery {
  readonly what: string;
  /** Makes the body of the request out of an honest attempt at l06. */
  forge(honest: Attempt): unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly status: number;
  /** What the answer must say. */
  readonly says?: RegExp;
}

const withVerdict = (honest: Attempt, change: object): unknown => ({
  ...honest,
  verdict: { ...honest.verdict, ...change },
});

const withFiles = (honest: Attempt, files: Readonly<Record<string, string>>): unknown => ({
  ...honest,
  files: { ...honest.files, ...files },
});

/** Everything that is refused without a grade. */
export const refusedForgeries: readonly Forgery[] = [
  {
    what: 'a verdict that failed, with its result turned round',
    forge: (honest) =>
      withVerdict(honest, {
        checks: honest.verdict.checks.map((check, at) =>
          at === 1 ? { ...check, status: 'fail', points: 0 } : check,
        ),
      }),
    status: 422,
    says: /contradicts itself/,
  },
  {
    what: 'a verdict that failed',
    forge: (honest) => withVerdict(honest, { result: 'fail' }),
    status: 422,
    says: /Only attempts that passed/,
  },
  {
    what: 'more points than there are',
    forge: (honest) => withVerdict(honest, { points: 99 }),
    status: 422,
    says: /contradicts itself/,
  },
  {
    what: 'points in a check that has fewer',
    forge: (honest) =>
      withVerdict(honest, {
        checks: honest.verdict.checks.map((check) => ({ ...check, points: 50 })),
      }),
    status: 422,
  },
  {
    what: 'a verdict without its checks',
    forge: (honest) => withVerdict(honest, { checks: [], points: 0, pointsPossible: 0 }),
    status: 422,
  },
  {
    what: 'a check that counts twice',
    forge: (honest) => {
      const [first] = honest.verdict.checks;
      const points = honest.verdict.points + (first?.points ?? 0);
      const checks = [...honest.verdict.checks, first];
      return withVerdict(honest, { checks, points, pointsPossible: points });
    },
    status: 422,
    says: /those of the verdict are others/,
  },
  {
    what: 'a check that the lab does not have',
    forge: (honest) => {
      const points = honest.verdict.points + 1000;
      const bonus = {
        ...honest.verdict.checks[0],
        id: 'bonus',
        points: 1000,
        pointsPossible: 1000,
      };
      const checks = [...honest.verdict.checks, bonus];
      return withVerdict(honest, { checks, points, pointsPossible: points });
    },
    status: 422,
    says: /those of the verdict are others/,
  },
  {
    what: 'a verdict that is too long',
    forge: (honest) =>
      withVerdict(honest, {
        checks: honest.verdict.checks.map((check) => ({ ...check, why: 'a'.repeat(20_000) })),
      }),
    status: 400,
    says: /At most 64 KiB/,
  },
  {
    what: 'a run that did not complete and passed',
    forge: (honest) => withVerdict(honest, { run: { status: 'errored', reason: 'no time' } }),
    status: 400,
    says: /only such a run has one/,
  },
  {
    what: 'a seed that is none',
    forge: (honest) => withVerdict(honest, { seed: -1 }),
    status: 400,
  },
  {
    what: 'a state that only the server gives',
    forge: (honest) => ({ ...honest, state: 'verified' }),
    status: 400,
  },
  {
    what: 'a stale version of the lab',
    forge: (honest) => withVerdict(honest, { labVersion: honest.verdict.labVersion + 1 }),
    status: 422,
    says: /has version/,
  },
  {
    what: 'a lab that does not exist',
    forge: (honest) => withVerdict(honest, { lab: 'l99-easy-points' }),
    status: 422,
    says: /no lab/,
  },
  {
    what: 'a lab that is a path',
    forge: (honest) => withVerdict(honest, { lab: '../../labs/l06-first-service' }),
    status: 422,
    says: /no lab/,
  },
  {
    what: 'a file that the learner may not change',
    forge: (honest) => withFiles(honest, { 'server.ts': 'export default {};' }),
    status: 422,
    says: /server\.ts/,
  },
  {
    what: 'a check of the grader',
    forge: (honest) => withFiles(honest, { 'checks/reachable.ts': 'export default {};' }),
    status: 422,
  },
  {
    what: 'a name that leaves the folder',
    forge: (honest) => withFiles(honest, { '../../../etc/cron.d/x': '* * * * * root id' }),
    status: 422,
  },
  {
    what: 'a name that is every object’s prototype',
    forge: (honest) =>
      JSON.parse(
        JSON.stringify(honest).replace('"files":{}', '"files":{"__proto__":"x"}'),
      ) as unknown,
    status: 400,
  },
  {
    what: 'a file that is too long',
    forge: (honest) => withFiles(honest, { 'service.yaml': 'a'.repeat(64 * 1024 + 1) }),
    status: 400,
  },
  {
    what: 'a body that is too long',
    forge: (honest) =>
      withFiles(
        honest,
        Object.fromEntries('abcdefghij'.split('').map((name) => [name, 'a'.repeat(60_000)])),
      ),
    status: 413,
  },
  {
    what: 'too many files',
    forge: (honest) =>
      withFiles(honest, Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`f${at}`, '']))),
    status: 400,
  },
  {
    what: 'a text with NUL',
    forge: (honest) => withFiles(honest, { 'service.yaml': 'a\u0000b' }),
    status: 422,
    says: /NUL/,
  },
  {
    what: 'a text with half a character',
    forge: (honest) => withFiles(honest, { 'service.yaml': 'a\ud800b' }),
    status: 422,
    says: /half a character/,
  },
  {
    what: 'the header of another account',
    forge: (honest) => honest,
    headers: { 'X-Day-Two-Account': 'somebody-else' },
    status: 409,
  },
  {
    what: 'no account at all',
    forge: (honest) => honest,
    headers: { Cookie: '' },
    status: 401,
  },
  {
    what: 'a page of another site',
    forge: (honest) => honest,
    headers: { Origin: 'https://evil.example' },
    status: 403,
  },
  { what: 'no attempt', forge: () => 'pass', status: 400 },
];
