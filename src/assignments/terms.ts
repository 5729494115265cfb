/** Whether work after the due time counts, as late, or not at all. */
export const latePolicies = ['accept', 'close'] as const;
export type LatePolicy = (typeof latePolicies)[number];

/** What an assignment asks of everybody that it is for. */
export interface Terms {
  readonly startsAt: Date;
  /** The last moment in time. */
  readonly dueAt: Date;
  /** Of the time zone database; days and times are meant there. */
  readonly zone: string;
  readonly late: LatePolicy;
  /** Ids of items that may be left out, besides those that the path leaves free. */
  readonly optional: readonly string[];
  readonly withdrawnAt: Date | null;
}

/** More time for one person. */
export interface Extension {
  readonly dueAt: Date;
  readonly reason: string;
  readonly grantedAt: Date;
}
