// The namespace, not the named export, which drags every locale along (450 kB).
import * as z from 'zod';

/** What the platform says to the runtime inside a container's worker. `start` carries two ports: HTTP in, cluster network out. */
export type HostMessage =
  | {
      readonly t: 'start';
      readonly name: string;
      readonly code: string;
      readonly env: Readonly<Record<string, string>>;
      readonly memoryBytes: number;
      readonly hasAccelerator: boolean;
    }
  | { readonly t: 'ping'; readonly n: number }
  | { readonly t: 'asset'; readonly id: number; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly t: 'asset-missing'; readonly id: number; readonly message: string };

const count = z.int().nonnegative();

/** What the runtime says back. Learner code shares its thread, so this is parsed as hostile. */
export const podMessageSchema = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('pong'), n: count }),
  z.strictObject({ t: z.literal('ready') }),
  z.strictObject({
    t: z.literal('log'),
    level: z.enum(['debug', 'info', 'warn', 'error']),
    text: z.string(),
    dropped: count,
  }),
  z.strictObject({ t: z.literal('dropped'), lines: count }),
  z.strictObject({ t: z.literal('read'), id: count, path: z.string().max(200) }),
  z.strictObject({ t: z.literal('busy'), isBusy: z.boolean() }),
  z.strictObject({
    t: z.literal('accelerator'),
    device: z.enum(['webgpu', 'wasm']),
    text: z.string().max(500),
  }),
  z.strictObject({
    t: z.literal('exit'),
    reason: z.enum(['Error', 'OOMKilled', 'DeviceLost']),
    message: z.string().max(2000),
  }),
]);

export type PodMessage = z.infer<typeof podMessageSchema>;
