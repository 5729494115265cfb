import { formatProblem } from '#platform/problem.ts';
import type { DeployResult } from '#cluster/lab-cluster.ts';
import type { LabCheck, LabCheckContext } from './check-context.ts';
import { DEPLOY_CHECK_ID } from './deploy-check-id.ts';
import { checkSettings } from './read-settings.ts';

/** The first check of every grade: settings fit, images compile, manifests are accepted. It deploys them. */
export const deployCheck: LabCheck = {
  id: DEPLOY_CHECK_ID,
  title: 'The files deploy',
  instruction: 'Deploy',
  points: 0,
  hint: 'Press Deploy: the same problems are shown there, at their lines.',
  async run(context, signal) {
    const deployed = await deploy(context, signal);
    return {
      passed: deployed.ok,
      measured: deployed.ok
        ? deployed.applied.join(', ')
        : deployed.problems.map(formatProblem).join('\n'),
      bar: 'every image compiles, every manifest and every settings file is accepted',
      why: 'Everything after this is measured on what the cluster runs.',
    };
  },
};

async function deploy(
  { cluster, files, settings }: LabCheckContext,
  signal: AbortSignal,
): Promise<DeployResult> {
  const problems = checkSettings(files, settings);
  return problems.length > 0 ? { ok: false, problems } : cluster.deploy(files, signal);
}
