import type { PodHost } from '../host.ts';

/** One thing that holds for every pod host. */
export interface ContractCase {
  readonly name: string;
  /** What `run` must resolve to, as JSON. */
  readonly expected: unknown;
  readonly run: (host: PodHost) => Promise<unknown>;
}
