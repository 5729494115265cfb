import type {
  Classification,
  Detection,
  GeneratedToken,
  GenerateOptions,
  LoadProgress,
} from '#models/learner-types.ts';
import type { Manifest } from '#models/manifest.ts';

/** Which model a worker opens. */
export interface ModelChoice {
  readonly name: string;
  readonly task: Manifest['task'];
  /** Null for the full model. */
  readonly variant: string | null;
}

/** One runbook and how near it is to what was asked, 1 for the same direction. */
interface Neighbour {
  readonly text: string;
  readonly similarity: number;
}

/** What a detector made of every window of some telemetry. */
interface Scan {
  readonly detections: readonly Detection[];
  readonly threshold: number;
}

/** The model that a page tries, in its worker. Failures are Errors whose `name` is the ModelError's code. */
export interface InferenceApi {
  /** Opens a model in place of the one before. */
  open(choice: ModelChoice, onProgress: (progress: LoadProgress) => void): Promise<void>;
  classify(text: string): Promise<Classification>;
  /** The nearest of the runbooks, best first; they are embedded when they are first asked for. */
  search(query: string, runbooks: readonly string[], most: number): Promise<Neighbour[]>;
  /** Scores every window of the samples, one sample further each. */
  scan(samples: readonly (readonly number[])[]): Promise<Scan>;
  /** Tokens go to `onTokens` as they are made, a screen's refresh worth of them at a time; ends early after `stop`. */
  generate(
    prompt: string,
    options: GenerateOptions,
    onTokens: (tokens: readonly GeneratedToken[]) => void,
  ): Promise<void>;
  stop(): void;
}
