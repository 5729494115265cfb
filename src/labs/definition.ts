import { z } from 'zod';

const path = z.string().regex(/^[a-z0-9][a-z0-9._/-]*$/, 'a relative path in lower case');

/** `labs/<id>/lab.json`. The JSON Schema for editors is generated from this one. */
export const labSchema = z.strictObject({
  $schema: z.string().optional(),
  title: z.string().min(3).max(60),
  /** One sentence: the job an engineer really gets. */
  job: z.string().min(20).max(240),
  version: z.int().positive(),
  runtime: z.enum(['worker']),
  /** What pods may run in, the preferred one first; every lab can be solved on `worker`. */
  hosts: z
    .array(
      z.enum(['webcontainer', 'worker'], {
        error: (issue) =>
          `There is no host ${JSON.stringify(issue.input)}; a lab runs on "worker", or on "webcontainer" and "worker"`,
      }),
    )
    .refine((hosts) => hosts.at(-1) === 'worker' && new Set(hosts).size === hosts.length, {
      error:
        'The last host must be "worker" and none may come twice: WebContainer is off by default and needs a network, so a lab must be solvable without it. Write ["worker"] or ["webcontainer", "worker"]',
    })
    .default(['worker']),
  difficulty: z.int().min(1).max(3),
  minutes: z.int().positive(),
  /** Skills this lab gives evidence of. */
  skills: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  /** Container images by name and the module that each runs, relative to the lab. */
  images: z.record(z.string().regex(/^[a-z0-9-]+$/), path),
  /** Models that pods may load by name. */
  models: z.array(z.string().regex(/^[a-z0-9-]+$/)).default([]),
  /** Files open in the editor at the start, first one in front. */
  open: z.array(path).min(1),
  /** Files the learner is meant to change; the others can be read. */
  editable: z.array(path).min(1),
  /** YAML files that are no manifests; `settings.ts` of the lab has a schema for each. */
  settings: z.array(path).default([]),
  /** Shaders that the editor compiles while they are written, each with the files that stand before it. */
  shaders: z.record(path, z.array(path)).default({}),
  /** Check ids in order; each is a file in checks/. */
  checks: z.array(z.string().regex(/^[a-z0-9-]+$/)).min(1),
  /** Whole grade, seconds of wall time. */
  timeLimitSeconds: z.int().positive().max(300),
  /** The load panel's first values. */
  load: z.strictObject({
    url: z.url(),
    method: z.enum(['GET', 'POST']),
    bodies: z.array(z.string()).default([]),
    rate: z.number().positive(),
    durationSeconds: z.number().positive(),
  }),
});

export type LabDefinition = z.infer<typeof labSchema>;
