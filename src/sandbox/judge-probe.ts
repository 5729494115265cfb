import type { ProbeReport } from './probe.ts';

/** Why a sandbox with this report must not be used, in one or two sentences; null when it holds. */
export function judgeProbe({ reached, missing }: ProbeReport): string | null {
  if (reached.length > 0)
    return (
      `This browser lets code inside the sandbox reach ${list(reached)}, which must be blocked. ` +
      'Labs stay closed here, because a lab runs code that this site did not write.'
    );
  if (missing.length > 0)
    return `This browser's sandbox lacks ${list(missing)}, which every lab needs.`;
  return null;
}

function list(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
