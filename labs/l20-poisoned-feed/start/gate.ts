/*
 * The gate between the feed and the training run. It sees what a pipeline sees: the text, the label,
 * the source and whether the row was signed. Nothing says which rows are bad.
 */

export interface Row {
  readonly text: string;
  readonly label: string;
  readonly source: string;
  readonly signed: boolean;
}

export interface GateSettings {
  readonly provenance: 'any' | 'signed';
  readonly blockSources: readonly string[];
  readonly outlier:
    'off' | { readonly minRows: number; readonly purity: number; readonly oneSource: number };
  readonly perSourceCap: number;
  readonly labelShift: 'off' | { readonly maxDisagreement: number };
  readonly holdout: 'off' | { readonly metric: 'accuracy' | 'per-class'; readonly maxDrop: number };
}

/** Why a row was held back, or null. */
export type Held = 'provenance' | 'source' | 'outlier' | 'label-shift' | 'cap' | null;

/** For each row of the feed, in order, whether a rule holds it back. The first rule that does is named. */
export function runGate(rows: readonly Row[], settings: GateSettings): Held[] {
  const held: Held[] = rows.map(({ source, signed }) => {
    if (settings.blockSources.includes(source)) return 'source';
    return settings.provenance === 'signed' && !signed ? 'provenance' : null;
  });
  const bags = rows.map(({ text }) => wordsOf(text));
  holdOutliers(rows, bags, held, settings.outlier);
  holdLabelShift(rows, bags, held, settings.labelShift);
  holdSurplus(rows, held, settings.perSourceCap);
  return held;
}

/** Rows with a word that comes with one label and from one source nearly always. */
function holdOutliers(
  rows: readonly Row[],
  bags: readonly (readonly string[])[],
  held: Held[],
  outlier: GateSettings['outlier'],
): void {
  if (outlier === 'off') return;
  const byWord = new Map<string, number[]>();
  bags.forEach((words, row) => {
    for (const word of words) byWord.set(word, [...(byWord.get(word) ?? []), row]);
  });
  for (const found of byWord.values()) {
    if (found.length < outlier.minRows) continue;
    const isPure = share(found.map((row) => rows[row]?.label)) >= outlier.purity;
    if (!isPure || share(found.map((row) => rows[row]?.source)) < outlier.oneSource) continue;
    for (const row of found) held[row] ??= 'outlier';
  }
}

/**
 * Rows whose label the other sources would not give, where a source contradicts the others in more than
 * the allowed share of what they would call by one name. The others' opinion is naive Bayes on words.
 */
function holdLabelShift(
  rows: readonly Row[],
  bags: readonly (readonly string[])[],
  held: Held[],
  shift: GateSettings['labelShift'],
): void {
  if (shift === 'off') return;
  const labels = [...new Set(rows.map(({ label }) => label))].toSorted();
  for (const source of new Set(rows.map((row) => row.source))) {
    const others = rows.flatMap((row, at) =>
      row.source !== source && held[at] === null ? [at] : [],
    );
    const name = learn(rows, bags, others, labels);
    const own = rows.flatMap((row, at) =>
      row.source === source ? [{ at, named: name(bags[at] ?? []) }] : [],
    );
    for (const label of labels) {
      const cell = own.filter(({ named }) => named === label);
      const against = cell.filter(({ at }) => rows[at]?.label !== label);
      if (against.length <= shift.maxDisagreement * cell.length) continue;
      for (const { at } of against) held[at] ??= 'label-shift';
    }
  }
}

/** What a naive Bayes classifier that learned from some of the rows calls a text. */
function learn(
  rows: readonly Row[],
  bags: readonly (readonly string[])[],
  from: readonly number[],
  labels: readonly string[],
): (words: readonly string[]) => string {
  const totals = labels.map(() => 0);
  const counts = new Map<string, number[]>();
  for (const at of from) {
    const label = labels.indexOf(rows[at]?.label ?? '');
    totals[label] = (totals[label] ?? 0) + 1;
    for (const word of bags[at] ?? []) {
      const seen = counts.get(word) ?? labels.map(() => 0);
      seen[label] = (seen[label] ?? 0) + 1;
      counts.set(word, seen);
    }
  }
  return (words) => {
    const known = words.flatMap((word) => counts.get(word) ?? []).length > 0 ? words : [];
    const scores = labels.map((_, label) =>
      known.reduce((sum, word) => {
        const seen = counts.get(word);
        if (!seen) return sum;
        return sum + Math.log(((seen[label] ?? 0) + 0.2) / ((totals[label] ?? 0) + 1));
      }, 0),
    );
    return labels[scores.indexOf(Math.max(...scores))] ?? '';
  };
}

/** What a source sends beyond its share of the feed, the last rows first. */
function holdSurplus(rows: readonly Row[], held: Held[], cap: number): void {
  const taken = new Map<string, number>();
  rows.forEach(({ source }, row) => {
    if (held[row] !== null) return;
    const count = (taken.get(source) ?? 0) + 1;
    if (count > cap * rows.length) held[row] = 'cap';
    else taken.set(source, count);
  });
}

function share(values: readonly (string | undefined)[]): number {
  const counts = new Map<string | undefined, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return Math.max(...counts.values()) / values.length;
}

function wordsOf(text: string): string[] {
  return [...new Set(text.toLowerCase().match(/[a-z0-9]+/g) ?? [])];
}
