import { formatProblem } from '#platform/problem.ts';
import { lintProject } from './lint.ts';

const problems = await lintProject(process.cwd());
for (const problem of problems) console.error(formatProblem(problem));
if (problems.length > 0) {
  const files = new Set(problems.map((problem) => problem.file)).size;
  console.error(`\nProblems: ${problems.length}, files: ${files}.`);
  process.exitCode = 1;
}
