import { z } from 'zod';

/** Variables of the environment that learning records take. */
export const recordVariables = {
  /** The xAPI endpoint of a learning record store, for example `https://lrs.example/xapi/`. */
  DAY2_LRS_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** The user name and password of its Basic authentication. */
  DAY2_LRS_KEY: z.string().min(1).optional(),
  DAY2_LRS_SECRET: z.string().min(1).optional(),
};

const variables = z.object(recordVariables);

export type RecordEnv = z.infer<typeof variables>;

/** What is wrong with the variables together, as `[variable, message]`; null where nothing is. */
export function findRecordConflict(env: RecordEnv): readonly [string, string] | null {
  const given = [env.DAY2_LRS_URL, env.DAY2_LRS_KEY, env.DAY2_LRS_SECRET];
  if (!given.some(Boolean) || given.every(Boolean)) return null;
  return ['DAY2_LRS_URL', 'DAY2_LRS_URL, DAY2_LRS_KEY and DAY2_LRS_SECRET go together'];
}

/** What to write for each variable. */
export const recordRepairs: Readonly<Record<string, string>> = {
  DAY2_LRS_URL: 'set all three, or none; see docs/hosting.md.',
  DAY2_LRS_KEY: 'give the key that the learning record store made for this site.',
  DAY2_LRS_SECRET: 'give the secret that the learning record store made with the key.',
};

/** Not repeated in messages. */
export const recordSecrets = ['DAY2_LRS_KEY', 'DAY2_LRS_SECRET'];

/** A learning record store and how to get in. */
export interface RecordStore {
  readonly url: string;
  readonly key: string;
  readonly secret: string;
}

/** The store that the environment names, or null. */
export function recordStoreOf(env: Partial<Record<keyof RecordEnv, string | undefined>>) {
  const { DAY2_LRS_URL: url, DAY2_LRS_KEY: key, DAY2_LRS_SECRET: secret } = env;
  return url && key && secret ? ({ url, key, secret } satisfies RecordStore) : null;
}
