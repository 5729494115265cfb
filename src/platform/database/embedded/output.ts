import { readdir, readFile, stat, statfs } from 'node:fs/promises';
import path from 'node:path';
import { startLog } from './cluster-files.ts';

/** Bytes of each file of PostgreSQL's own log. */
export type LogSizes = ReadonlyMap<string, number>;

/** PostgreSQL writes a segment of 16 MiB before it starts where it has none to use again. */
const LEAST_FREE_BYTES = 16 * 1024 * 1024;

/** What the log holds before a start, so that its own words can be told apart. */
export async function readLogSizes(cluster: string): Promise<LogSizes> {
  const names = await readdir(path.join(cluster, 'log')).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const sizes = names.map(async (name) => {
    const file = path.join(cluster, 'log', name);
    return [file, (await stat(file)).size] as const;
  });
  return new Map(await Promise.all(sizes));
}

/** What PostgreSQL said since `before`. On a full disk it cannot write why it ended, so that is looked up. */
export async function readOutput(cluster: string, before: LogSizes): Promise<string> {
  const texts = [await readFile(startLog(cluster), 'utf8')];
  for (const file of (await readLogSizes(cluster)).keys()) {
    texts.push((await readFile(file)).subarray(before.get(file) ?? 0).toString());
  }
  const { bavail, bsize } = await statfs(cluster);
  if (bavail * bsize < LEAST_FREE_BYTES) {
    texts.push(`FATAL: No space left on device: ${bavail * bsize} bytes are free`);
  }
  return texts.join('\n');
}
