import type { LabCheckContext } from '#labs/check-context.ts';
import { livePods, type ViewWatch } from '#labs/follow-view.ts';

/** What server.ts logs when its model is loaded and warm; learners cannot change that file. */
const READY_LINE = 'triage is ready';

/** A running pod that was never restarted and has not loaded its model yet, or null. */
export async function findLoadingPod(
  { cluster, files }: LabCheckContext,
  view: ViewWatch,
): Promise<string | null> {
  for (const { name, restarts, status } of livePods(view.current)) {
    if (restarts > 0 || status !== 'Running') continue;
    const { stdout, exitCode } = await cluster.kubectl(['logs', name], files);
    if (exitCode === 0 && !stdout.includes(READY_LINE)) return name;
  }
  return null;
}
