import type { PathContent } from '#paths/version.ts';
import type { LocalMoment } from './moment.ts';
import type { Terms } from './terms.ts';

/** An assignment with the version of the path that it points at. */
export interface Assignment {
  readonly id: string;
  readonly organisation: string;
  readonly path: string;
  readonly version: number;
  readonly content: PathContent;
  /** A sentence of the manager; may be empty. */
  readonly note: string;
  /** As they were typed, in the zone of the terms. */
  readonly startsLocal: LocalMoment;
  readonly dueLocal: LocalMoment;
  readonly terms: Terms;
  /** From 0; grows with every change. */
  readonly revision: number;
  /** Id of the manager; null where the account was deleted. */
  readonly createdBy: string | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly withdrawnReason: string | null;
  readonly targets: readonly Target[];
}

/** A team or a person that an assignment is for. */
export interface Target {
  readonly kind: 'team' | 'person';
  readonly id: string;
  readonly name: string;
}
