/** The files of triage 1.0.0: the full model, and the same weights in fewer bits. */
export const VARIANTS = ['full', 'fp16', 'int8-dynamic', 'int8', 'int4', 'int2'] as const;
/** Those, and what the data scientists send next: triage 2.0.0, full. */
export const CANDIDATES = [...VARIANTS, 'v2'] as const;

export type Candidate = (typeof CANDIDATES)[number];
