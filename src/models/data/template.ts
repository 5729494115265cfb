import type { TriageClass } from './classes.ts';

/**
 * Sentences of one class. `{a|b}` is a choice (braces without a bar are literal), `<name>` is a slot of slots.ts.
 * `tickets` are what people write, `messages` are what programs log and get a log format around them,
 * `lines` already carry the format that they are always seen in.
 */
export interface ClassTemplates {
  readonly tickets: readonly string[];
  readonly messages: readonly string[];
  readonly lines: readonly string[];
}

export type TemplateKind = keyof ClassTemplates;

/** One template with the class it teaches. */
export interface Template {
  readonly class: TriageClass;
  readonly kind: TemplateKind;
  readonly text: string;
}
