/** What one container may take before the platform ends it. */
export interface ContainerLimits {
  /** Milliseconds from spawn to ready. */
  readonly startMs: number;
  /** Milliseconds without an answer to a ping, at the pace of a quiet machine. */
  readonly silentMs: number;
  /** The same before it is ready: modules, models and wasm are compiled, several pods at once. */
  readonly startSilentMs: number;
  /** The same while it says that it loads or warms a model, which holds its thread. */
  readonly loadingMs: number;
  /** Milliseconds from a request to its answer's head. */
  readonly requestMs: number;
  readonly memoryBytes: number;
  readonly responseBytes: number;
  /** Messages a second that ask for nothing the platform serves: logs, file reads, pongs, stray answers. */
  readonly strayPerSecond: number;
  /** Calls a second to the cluster network. */
  readonly callsPerSecond: number;
  readonly bytesPerSecond: number;
}

const MiB = 1024 * 1024;

export const defaultLimits: ContainerLimits = {
  startMs: 30_000,
  silentMs: 1300,
  startSilentMs: 6000,
  loadingMs: 30_000,
  requestMs: 30_000,
  memoryBytes: 512 * MiB,
  responseBytes: 64 * MiB,
  strayPerSecond: 3000,
  callsPerSecond: 3000,
  bytesPerSecond: 512 * MiB,
};
