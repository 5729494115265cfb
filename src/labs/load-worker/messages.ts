import type { LoadPlan } from '#load/plan.ts';
import type { LoadCalibration, LoadRun, LoadSample } from '#load/report.ts';

/** From the page to the load worker. */
export type LoadCommand =
  | {
      readonly kind: 'start';
      readonly plan: LoadPlan;
      readonly gateway: MessagePort;
      readonly environment: Readonly<Record<string, string>>;
      readonly calibration: LoadCalibration | null;
    }
  | { readonly kind: 'cancel' }
  /** The tab was hidden: the run goes on and is marked invalid. */
  | { readonly kind: 'hidden' };

/** From the load worker to the page. */
export type LoadNews =
  | { readonly kind: 'sample'; readonly sample: LoadSample }
  | { readonly kind: 'finished'; readonly run: LoadRun }
  | { readonly kind: 'failed'; readonly message: string };

/** From the load worker to its pacer: wake me at this time since the epoch, milliseconds. */
export interface WakeCommand {
  readonly at: number;
}

/** `ready` and `unavailable` come once, before anything else. */
export type PacerNews = 'ready' | 'unavailable' | 'awake';
