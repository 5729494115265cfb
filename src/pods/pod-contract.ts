import { exchanges } from './contract/exchanges.ts';
import { lives } from './contract/lives.ts';
import type { ContractCase } from './contract/case.ts';
import type { PodHost } from './host.ts';

/** What a case of the contract gave. */
export interface ContractResult {
  readonly name: string;
  readonly passed: boolean;
  readonly found: string;
}

/** Runs the cases one after the other; a case that rejects or hangs has failed, with the reason in `found`. */
export async function runContract(
  host: PodHost,
  cases: readonly ContractCase[] = podContract,
): Promise<readonly ContractResult[]> {
  const results: ContractResult[] = [];
  for (const { name, expected, run } of cases) {
    const found = await within(run(host)).then(
      (value) => JSON.stringify(value),
      (error: unknown) => `rejected: ${String(error)}`,
    );
    results.push({ name, passed: found === JSON.stringify(expected), found });
  }
  return results;
}

const CASE_LIMIT_MS = 20_000;

/** What Kubernetes, the gateway and the grader rely on, whatever a container runs in. */
export const podContract: readonly ContractCase[] = [...exchanges, ...lives];

async function within<T>(work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(reject, CASE_LIMIT_MS, new Error(`no end within ${CASE_LIMIT_MS} ms`));
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
