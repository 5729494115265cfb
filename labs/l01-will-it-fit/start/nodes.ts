/** A kind of node, with its accelerator's memory as the data sheet prints it. */
export interface NodeKind {
  readonly name: string;
  readonly memory: number;
  /** GB is 1,000,000,000 bytes, GiB is 1,073,741,824. */
  readonly unit: 'GB' | 'GiB';
}

/** What can be rented, cheapest first. */
export const nodes: readonly NodeKind[] = [
  { name: 'small', memory: 16, unit: 'GiB' },
  { name: 'medium', memory: 24, unit: 'GB' },
  { name: 'large', memory: 48, unit: 'GiB' },
  { name: 'largest', memory: 80, unit: 'GB' },
];
