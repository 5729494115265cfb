import type { Device, LoadOptions } from './loading.ts';

/** One number that a machine reports, as a detector expects it. */
export interface Feature {
  readonly name: string;
  readonly unit: string;
}

/** What a detector thinks of one window of samples. */
export interface Detection {
  /** How badly the model could rebuild the window: small for what it knows. */
  readonly error: number;
  /** True when the error is above the detector's threshold. */
  readonly isAnomalous: boolean;
  /** The window as the model would expect it, one row a sample, one number a feature. */
  readonly reconstruction: readonly (readonly number[])[];
}

/** A loaded anomaly detector for telemetry. Calls may overlap; they run one after the other on the pod's only thread. */
export interface Detector {
  readonly name: string;
  /** Version of the weights, from the model's manifest. */
  readonly version: string;
  /** What runs it; not what was asked for where that was not to be had. */
  readonly device: Device;
  /** What each sample holds, in order. */
  readonly features: readonly Feature[];
  /** Samples in a window. */
  readonly samples: number;
  /** Seconds from one sample to the next. */
  readonly intervalSeconds: number;
  /** An error above this counts as an anomaly. */
  readonly threshold: number;
  /** Runs the model a few times (3 unless told otherwise) so that the first requests are not slow. */
  warm(runs?: number): Promise<void>;
  /** Scores one window, one row a sample, one number a feature; rejects with a `ModelError` when it has another form. */
  detect(window: readonly (readonly number[])[]): Promise<Detection>;
  /** One run for all windows, results in their order; an empty list gives an empty list. */
  detectBatch(windows: readonly (readonly (readonly number[])[])[]): Promise<Detection[]>;
  /** Frees the memory; later calls are rejected. */
  dispose(): Promise<void>;
}

/**
 * Loads an anomaly detector by name, as `load` loads a classifier.
 *
 * @example
 * const detector = await loadDetector('anomaly');
 * const { error, isAnomalous } = await detector.detect(window);
 */
export declare function loadDetector(name: string, options?: LoadOptions): Promise<Detector>;
