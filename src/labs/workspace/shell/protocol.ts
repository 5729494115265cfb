import { z } from 'zod';

/** What the platform says to the shell's worker. */
export type ToShell =
  | {
      readonly type: 'start';
      readonly files: Readonly<Record<string, string>>;
      readonly readOnly: readonly string[];
    }
  | { readonly type: 'write'; readonly path: string; readonly text: string }
  | { readonly type: 'run'; readonly run: number; readonly line: string }
  | { readonly type: 'abort'; readonly run: number }
  | { readonly type: 'reply'; readonly call: number; readonly result: ShellResult }
  | { readonly type: 'list'; readonly list: number; readonly word: string };

export interface ShellResult {
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number;
}

/** Commands that the platform carries out. */
export const PLATFORM_COMMANDS = ['kubectl', 'curl', 'load', 'simulate'] as const;
export type PlatformCommand = (typeof PLATFORM_COMMANDS)[number];

const text = z.string().max(4_000_000);

/** What the worker may say. It runs what a learner typed, so every message is checked. */
export const fromShellSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('ready'), commands: z.array(z.string()).max(500) }),
  /** A command that the platform carries out; `live` when its output goes straight to the screen. */
  z.strictObject({
    type: z.literal('call'),
    call: z.int(),
    run: z.int(),
    name: z.enum(PLATFORM_COMMANDS),
    args: z.array(text).max(1000),
    stdin: text,
    /** Files below the present directory, by relative path. */
    files: z.record(z.string(), text),
    live: z.boolean(),
  }),
  z.strictObject({ type: z.literal('hang-up'), call: z.int() }),
  z.strictObject({ type: z.literal('print'), run: z.int(), stdout: text, stderr: text }),
  /** A command wrote a file of the lab. */
  z.strictObject({ type: z.literal('edited'), path: z.string(), text }),
  z.strictObject({
    type: z.literal('finished'),
    run: z.int(),
    stdout: text,
    stderr: text,
    exitCode: z.int(),
    directory: z.string(),
  }),
  z.strictObject({
    type: z.literal('listed'),
    list: z.int(),
    names: z.array(z.string()).max(1000),
  }),
]);

export type FromShell = z.infer<typeof fromShellSchema>;
