/** Label names and values of one series; the metric's name is `__name__`. */
export type Labels = Readonly<Record<string, string>>;

/** One value of one series. */
export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

/** The same text for the same labels, whatever their order. */
export function labelKey(labels: Labels): string {
  return JSON.stringify(Object.entries(labels).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** The labels without those named. */
export function withoutLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => !names.has(name)));
}

/** Only the labels named. */
export function onlyLabels(labels: Labels, names: ReadonlySet<string>): Labels {
  return Object.fromEntries(Object.entries(labels).filter(([name]) => names.has(name)));
}

/** `http_requests_total{code="200", pod="triage-a"}`, as Prometheus prints a series. */
export function formatSeries({ __name__: name = '', ...labels }: Labels): string {
  const parts = Object.entries(labels)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([label, value]) => `${label}=${JSON.stringify(value)}`);
  return parts.length === 0 ? name || '{}' : `${name}{${parts.join(', ')}}`;
}
