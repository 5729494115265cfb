import { labelKey, type Labels } from './labels.ts';

/** The media type of the text that `write` gives. */
export const EXPOSITION_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Metrics of one process, to be exposed as Prometheus text. */
export interface Registry {
  counter(name: string, help: string): (labels: Labels, by?: number) => void;
  gauge(name: string, help: string): (labels: Labels, value: number) => void;
  /** `buckets` are upper bounds, ascending; +Inf is added. */
  histogram(
    name: string,
    help: string,
    buckets: readonly number[],
  ): (labels: Labels, value: number) => void;
  write(): string;
}

interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly lines: () => readonly string[];
}

/** No metrics yet. */
export function createRegistry(): Registry {
  const families: Family[] = [];
  const scalar = (type: 'counter' | 'gauge') => (name: string, help: string) => {
    const series = new Map<string, { readonly labels: Labels; value: number }>();
    families.push({
      name,
      help,
      type,
      lines: () => [...series.values()].map(({ labels, value }) => toLine(name, labels, value)),
    });
    return (labels: Labels, value = 1) => {
      const key = labelKey(labels);
      const known = series.get(key);
      if (!known) series.set(key, { labels, value });
      else known.value = type === 'counter' ? known.value + value : value;
    };
  };
  return {
    counter: scalar('counter'),
    gauge: scalar('gauge'),
    histogram(name, help, buckets) {
      const series = new Map<string, Observed>();
      families.push({
        name,
        help,
        type: 'histogram',
        lines: () => [...series.values()].flatMap((observed) => toLines(name, buckets, observed)),
      });
      return (labels, value) => {
        const key = labelKey(labels);
        const observed = series.get(key) ?? createObserved(labels, buckets.length);
        series.set(key, observed);
        observe(observed, buckets, value);
      };
    },
    write: () =>
      families
        .flatMap(({ name, help, type, lines }) => [
          `# HELP ${name} ${help}`,
          `# TYPE ${name} ${type}`,
          ...lines(),
        ])
        .map((line) => `${line}\n`)
        .join(''),
  };
}

interface Observed {
  readonly labels: Labels;
  readonly counts: number[];
  sum: number;
  count: number;
}

function createObserved(labels: Labels, buckets: number): Observed {
  return { labels, counts: Array.from({ length: buckets }, () => 0), sum: 0, count: 0 };
}

function observe(observed: Observed, buckets: readonly number[], value: number): void {
  observed.sum += value;
  observed.count += 1;
  const bucket = buckets.findIndex((bound) => value <= bound);
  if (bucket !== -1) observed.counts[bucket] = (observed.counts[bucket] ?? 0) + 1;
}

function toLines(name: string, buckets: readonly number[], observed: Observed): string[] {
  const { labels, counts, sum, count } = observed;
  let below = 0;
  const lines = buckets.map((bound, index) => {
    below += counts[index] ?? 0;
    return toLine(`${name}_bucket`, { ...labels, le: String(bound) }, below);
  });
  return [
    ...lines,
    toLine(`${name}_bucket`, { ...labels, le: '+Inf' }, count),
    toLine(`${name}_sum`, labels, sum),
    toLine(`${name}_count`, labels, count),
  ];
}

function toLine(name: string, labels: Labels, value: number): string {
  const parts = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `${name}${parts.length > 0 ? `{${parts.join(',')}}` : ''} ${value}`;
}

function escape(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
