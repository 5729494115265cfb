import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';

const log = z.string().optional();

/** What must come of a sample; `log` is a text that the pod's log must hold. */
const expectation = z.discriminatedUnion('outcome', [
  /** It tried what must not be possible and says itself that it failed. */
  z.strictObject({ outcome: z.literal('blocked') }),
  /** It does not compile, for the reason given. */
  z.strictObject({ outcome: z.literal('refused'), contains: z.string() }),
  /** The container ends before it is ready. */
  z.strictObject({
    outcome: z.literal('not-started'),
    reasons: z.array(z.string()).min(1),
    withinMs: z.int().positive(),
  }),
  /** The container is ended within this time of the request that sets it off. */
  z.strictObject({
    outcome: z.literal('killed'),
    reasons: z.array(z.string()).min(1),
    withinMs: z.int().positive(),
    log,
  }),
  z.strictObject({
    outcome: z.literal('answered'),
    status: z.int(),
    text: z.string(),
    log,
  }),
  z.strictObject({ outcome: z.literal('failed'), failure: z.string() }),
]);

const sampleSchema = z.strictObject({
  title: z.string(),
  /**
   * pod: as a lab's module. worker: in a bare worker of the sandbox, as if it had undone the runtime's
   * confinement. runtime: in place of the runtime, with the platform's own port.
   */
  as: z.array(z.enum(['pod', 'worker', 'runtime'])).min(1),
  expect: expectation,
});

export type Sample = z.infer<typeof sampleSchema> & {
  readonly name: string;
  readonly source: string;
};

const folder = fileURLToPath(new URL('./samples/', import.meta.url));

/** Every hostile sample with what must come of it. */
export function readSamples(): Sample[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .map((file) => {
      const name = file.slice(0, -3);
      const about: unknown = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8'));
      const source = readFileSync(folder + file, 'utf8');
      return { ...sampleSchema.parse(about), name, source };
    });
}
