/** What `/api/assignments/mine/` answers: ready to be shown, the most urgent first. */
export interface MyDue {
  readonly assignments: readonly {
    readonly title: string;
    /** Of its page. */
    readonly address: string;
    readonly isOverdue: boolean;
    /** `In progress, 2 of 5` */
    readonly standing: string;
    /** `Due Tue 1 December 2026, 23:59 (Europe/Berlin), in 3 days.` */
    readonly due: string;
    /** Where to go on; null where nothing is left. */
    readonly next: { readonly title: string; readonly address: string } | null;
  }[];
}
