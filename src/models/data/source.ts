import type { TriageClass } from './classes.ts';
import type { Template } from './template.ts';

/** What training examples are drawn from. */
export interface TrainingSource {
  readonly templates: readonly Template[];
  readonly glossary: Readonly<Record<TriageClass, readonly string[]>>;
}
