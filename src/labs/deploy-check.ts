import { formatProblem } from '#platform/problem.ts';
import type { LabCheck } from './check-context.ts';

/** Id of the check that every lab begins with. */
export const DEPLOY_CHECK_ID = 'deploys';

/** The first check of every grade: the images compile and the manifests are accepted. It deploys them. */
export const deployCheck: LabCheck = {
  id: DEPLOY_CHECK_ID,
  title: 'The files deploy',
  instruction: 'Deploy',
  points: 0,
  hint: 'Press Deploy: the same problems are shown there, at their lines.',
  async run({ cluster, files }, signal) {
    const deployed = await cluster.deploy(files, signal);
    return {
      passed: deployed.ok,
      measured: deployed.ok
        ? deployed.applied.join(', ')
        : deployed.problems.map(formatProblem).join('\n'),
      bar: 'every image compiles and every manifest is accepted',
      why: 'Everything after this is measured on what the cluster runs.',
    };
  },
};
