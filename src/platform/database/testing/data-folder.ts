import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A data folder of its own, which the user of the database may pass; removed when the test disposes of it. */
export async function makeDataFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const root = await mkdtemp(path.join(tmpdir(), 'day2-test-'));
  await chmod(root, 0o755);
  return {
    path: path.join(root, 'data'),
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}
