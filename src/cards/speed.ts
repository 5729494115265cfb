import * as z from 'zod';

const speedSchema = z.strictObject({
  /** Where and when `npm run bench -- --speeds` measured, and what could not be measured there. */
  machine: z.string().min(1),
  date: z.iso.date(),
  notMeasured: z.string(),
  speeds: z.array(
    z.strictObject({
      model: z.string().min(1),
      /** `full` or the variant's name. */
      variant: z.string().min(1),
      unit: z.enum(['ms', 'tokens/s']),
      /** On one thread of the wasm engine, one text, window or request at a time. */
      wasm: z.number().positive(),
    }),
  ),
});

const files = import.meta.glob<unknown>('/models/speed.json', { import: 'default', eager: true });
const [file] = Object.values(files);
const measured = file === undefined ? null : speedSchema.parse(file);

/** The speed of one file of a model, ready to print; says so when nobody measured it. */
export function findSpeed(model: string, variant: string): string {
  const found = measured?.speeds.find((one) => one.model === model && one.variant === variant);
  if (!found) return 'not measured';
  if (found.unit === 'ms') return found.wasm.toFixed(2);
  return Math.round(found.wasm).toLocaleString('en-GB');
}

/** Where and how the speeds were measured. */
export const speedNote = measured
  ? `Speed: the faster quarter of one run of npm run bench -- --speeds on ${measured.date}, ${measured.machine}, wasm engine, one thread, one at a time. It is of that machine: what carries over is the order. ${measured.notMeasured}`
  : 'Speed has not been measured for this build.';
