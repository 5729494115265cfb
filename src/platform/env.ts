import { z } from 'zod';

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
});

export type Env = z.infer<typeof envSchema>;

/** Parses the process environment once; throws an error that names each bad variable and its repair. */
export function parseEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const parsed = envSchema.safeParse(source);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    return `  ${name}=${source[name] ?? ''}: ${issue.message}. Repair: ${repairs[name] ?? 'see README.md, "Host it".'}`;
  });
  throw new Error(`The environment is not usable:\n${lines.join('\n')}`);
}

const repairs: Readonly<Record<string, string>> = {
  PORT: 'give a port between 0 and 65535, for example PORT=4321.',
  HOST: 'give an address, for example HOST=0.0.0.0.',
  DAY2_DIST: 'give a folder, for example DAY2_DIST=dist.',
  DAY2_WEBCONTAINER: 'write on or off; docs/hosting.md says which licence it takes.',
};
