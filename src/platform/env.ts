import { z } from 'zod';
import {
  accountRepairs,
  accountSecrets,
  accountVariables,
  findConflict,
} from '#accounts/settings.ts';
import { submissionRepairs, submissionVariables } from '#submissions/settings.ts';
import {
  findRecordConflict,
  recordRepairs,
  recordSecrets,
  recordVariables,
} from '#records/settings.ts';

const port = z.coerce.number().int().min(0).max(65535);

const envSchema = z.object({
  /** Port the server listens on. */
  PORT: port.default(4321),
  /** Address the server binds to; 0.0.0.0 to be reached from other machines. */
  HOST: z.string().min(1).default('127.0.0.1'),
  /** Folder of the built site, relative to the project. */
  DAY2_DIST: z.string().min(1).default('dist'),
  /** Whether labs may boot WebContainer, a service of StackBlitz with terms of its own; docs/hosting.md. */
  DAY2_WEBCONTAINER: z.enum(['off', 'on']).default('off'),
  /** Whether the server has a database; without one it serves what needs none. */
  DAY2_DATABASE: z.enum(['on', 'off']).default('on'),
  /** The PostgreSQL to use instead of the embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
  /** Folder of the embedded PostgreSQL, relative to the project. */
  DAY2_DATA: z.string().min(1).default('data'),
  /** Bearer token that opens /metrics and the reasons of /readyz; without it only this machine may read them. */
  DAY2_METRICS_TOKEN: z.string().min(16).optional(),
  /** How much the server logs. */
  DAY2_LOG: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  ...accountVariables,
  ...submissionVariables,
  ...recordVariables,
});

/** Not repeated in messages. */
const secrets = new Set([
  'DATABASE_URL',
  'DAY2_METRICS_TOKEN',
  ...accountSecrets,
  ...recordSecrets,
]);

export type Env = z.infer<typeof envSchema>;

/** Parses the process environment once; throws an error that names each bad variable and its repair. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  const problems = parsed.success
    ? [findConflict(parsed.data), findRecordConflict(parsed.data)].filter(
        (conflict) => conflict !== null,
      )
    : parsed.error.issues.map((issue) => [String(issue.path[0]), issue.message] as const);
  if (parsed.success && problems.length === 0) return parsed.data;
  const lines = problems.map(([name, message]) => {
    const found = secrets.has(name) ? '(not shown)' : (source[name] ?? '');
    return `  ${name}=${found}: ${message}. Repair: ${repairs[name] ?? 'see README.md, "Host it".'}`;
  });
  throw new Error(`The environment is not usable:\n${lines.join('\n')}`);
}

/** The environment of this process. Where it is not usable the process ends, with what to repair and nothing else. */
export function readEnv(): Env {
  try {
    return parseEnv(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

const repairs: Readonly<Record<string, string>> = {
  PORT: 'give a port between 0 and 65535, for example PORT=4321.',
  HOST: 'give an address, for example HOST=0.0.0.0.',
  DAY2_DIST: 'give a folder, for example DAY2_DIST=dist.',
  DAY2_WEBCONTAINER: 'write on or off; docs/hosting.md says which licence it takes.',
  DAY2_DATABASE: 'write on or off.',
  DATABASE_URL: 'write postgres://user:password@host:5432/database; encode special characters.',
  DAY2_DATA: 'give a folder, for example DAY2_DATA=data.',
  DAY2_METRICS_TOKEN: 'give at least 16 random characters, for example from openssl rand -hex 24.',
  DAY2_LOG: 'write debug, info, warn, error or silent.',
  ...accountRepairs,
  ...submissionRepairs,
  ...recordRepairs,
};
