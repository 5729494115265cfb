import type { CompiledImages } from '#pods/compile.ts';
import type { LabFiles } from '#labs/files.ts';
import type { ImageStore } from '../containers/image-store.ts';
import type { LogStore } from '../containers/log-store.ts';
import type { ControlPlane } from '../control-plane/control-plane.ts';
import type { ParsedArgs } from './parse-args.ts';

/** What a kubectl command may use. */
export interface KubectlContext {
  readonly controlPlane: ControlPlane;
  readonly images: ImageStore;
  readonly logs: LogStore;
  readonly files: LabFiles;
  /** Those of the files that are no manifests. */
  readonly settings: readonly string[];
  readonly stdin: string;
  /** The lab's images as they compile now; null unless the command applies manifests. */
  readonly compiled: CompiledImages | null;
}

/** What a command prints; it ends with exit code 0 unless it throws `KubectlError`. */
export interface Output {
  readonly stdout?: string;
  readonly stderr?: string;
}

/** One kubectl command. */
export interface Command {
  /** One line for `kubectl help`. */
  readonly usage: string;
  readonly flags: FlagSpec;
  run(args: ParsedArgs, context: KubectlContext): Promise<Output>;
}

/** Flags by long name: whether each takes a value, whether several add up, and its one-letter form. */
export type FlagSpec = Readonly<
  Record<string, { readonly value: boolean; readonly short?: string; readonly list?: true }>
>;

/** A command that failed: what kubectl prints on stderr, with exit code 1. */
export class KubectlError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'KubectlError';
  }
}

export const NAMESPACE_FLAGS: FlagSpec = {
  namespace: { value: true, short: 'n' },
};

export const SELECTION_FLAGS: FlagSpec = {
  ...NAMESPACE_FLAGS,
  'all-namespaces': { value: false, short: 'A' },
  selector: { value: true, short: 'l' },
};
