import { formatProblem, type Problem } from '#platform/problem.ts';
import { withoutFiles, type LabFiles } from '#labs/files.ts';
import { applyFiles } from '../lab/apply-files.ts';
import { KubectlError, NAMESPACE_FLAGS, type Command, type KubectlContext } from './context.ts';
import type { ParsedArgs } from './parse-args.ts';

/** `kubectl apply`. The lab's images are built first, so what is applied runs the code as it is now. */
export const apply: Command = {
  usage: 'apply -f FILE|DIRECTORY|-',
  flags: {
    ...NAMESPACE_FLAGS,
    filename: { value: true, short: 'f', list: true },
    recursive: { value: false, short: 'R' },
  },
  run: async (args, context) => {
    const files = manifestFiles(args, context);
    const result = await applyFiles(context, files, context.compiled ?? {});
    if (!result.ok) throw new KubectlError(formatProblems(result.problems));
    const stdout = result.applied.map((line) => `${line}\n`).join('');
    return {
      stdout,
      stderr: (result.warnings ?? []).map((problem) => `${formatWarning(problem)}\n`).join(''),
    };
  },
};

/** The files that each `-f` names: one, those of a directory, or stdin for `-`. Throws `KubectlError`. */
export function manifestFiles({ flags }: ParsedArgs, context: KubectlContext): LabFiles {
  const given = flags.get('filename');
  if (given === undefined) throw new KubectlError('error: must specify one of -f and -k');
  const named = given.split(',').map((name) => filesAt(name, context));
  return Object.assign({}, ...named) as LabFiles;
}

function filesAt(given: string, { files, settings, stdin }: KubectlContext): LabFiles {
  if (given === '-') return { 'STDIN.yaml': stdin };
  const path = given.replace(/^\.\//, '').replace(/^~?\//, '').replace(/\/+$/, '');
  const text = files[path];
  if (text !== undefined && !/\.ya?ml$/.test(path)) {
    throw new KubectlError(`error: ${given} is not a manifest; manifests end in .yaml or .yml`);
  }
  if (settings.includes(path)) {
    throw new KubectlError(`error: ${given} holds settings of this lab and is not a manifest`);
  }
  if (text !== undefined) return { [path]: text };
  const isRoot = path === '.' || path === '';
  const inside = Object.entries(withoutFiles(files, settings)).filter(
    ([name]) => /\.ya?ml$/.test(name) && (isRoot || name.startsWith(`${path}/`)),
  );
  if (inside.length === 0) throw new KubectlError(`error: the path "${given}" does not exist`);
  return Object.fromEntries(inside);
}

function formatProblems(problems: readonly Problem[]): string {
  return problems
    .map((problem) =>
      problem.severity === 'warning' ? formatWarning(problem) : `error: ${formatProblem(problem)}`,
    )
    .join('\n');
}

function formatWarning(problem: Problem): string {
  return `Warning: ${formatProblem(problem)}`;
}
