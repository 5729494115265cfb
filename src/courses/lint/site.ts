import type { Source } from '../source.ts';

/** What lessons may refer to, gathered before any of them is read closely. */
export interface Site {
  readonly sources: ReadonlyMap<string, Source>;
  readonly terms: ReadonlySet<string>;
  readonly labs: ReadonlySet<string>;
  /** Address (`/glossary/`) to the anchors on that page. */
  readonly pages: ReadonlyMap<string, ReadonlySet<string>>;
  /** Absolute path of the project. */
  readonly root: string;
}
