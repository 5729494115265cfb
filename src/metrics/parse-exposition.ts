import type { Labels, Sample } from './labels.ts';

/** The samples of an exposition, or the first line that is none. */
export type Parsed =
  | { readonly ok: true; readonly samples: readonly Sample[] }
  | { readonly ok: false; readonly line: number; readonly message: string };

const LINE = /^([A-Za-z_:][\w:]*)\s*(?:\{(.*)\})?\s+(\S+)(?:\s+-?\d+)?$/;
const LABEL = /\s*([A-Za-z_]\w*)\s*=\s*"((?:[^"\\]|\\.)*)"\s*(,|$)/y;
/** A pod that exposes more is not worth its memory in a browser. */
const MOST_SAMPLES = 5000;

/** Reads Prometheus text (format 0.0.4). Timestamps are ignored: the scrape has its own time. */
export function parseExposition(text: string): Parsed {
  const samples: Sample[] = [];
  for (const [index, raw] of text.split('\n').entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const sample = readSample(line);
    if (typeof sample === 'string') return { ok: false, line: index + 1, message: sample };
    samples.push(sample);
    if (samples.length > MOST_SAMPLES) {
      return { ok: false, line: index + 1, message: `More than ${MOST_SAMPLES} samples.` };
    }
  }
  return { ok: true, samples };
}

function readSample(line: string): Sample | string {
  const [, name, inner = '', written = ''] = LINE.exec(line) ?? [];
  if (name === undefined) return `Not a sample: ${shorten(line)}. Write name{label="value"} 1.`;
  const labels = readLabels(inner);
  if (!labels) return `The labels of ${name} cannot be read: {${shorten(inner)}}.`;
  const value = toNumber(written);
  if (value === null) return `The value of ${name} is not a number: ${shorten(written)}.`;
  return { labels: { ...labels, __name__: name }, value };
}

function readLabels(inner: string): Labels | null {
  const labels: Record<string, string> = {};
  LABEL.lastIndex = 0;
  while (LABEL.lastIndex < inner.length) {
    const match = LABEL.exec(inner);
    if (!match) return inner.trim() === '' ? {} : null;
    const [, name = '', value = ''] = match;
    labels[name] = unescape(value);
  }
  return labels;
}

function toNumber(text: string): number | null {
  const special: Readonly<Record<string, number>> = {
    '+Inf': Infinity,
    Inf: Infinity,
    '-Inf': -Infinity,
    NaN: Number.NaN,
  };
  if (Object.hasOwn(special, text)) return special[text] ?? null;
  const value = Number(text);
  return Number.isFinite(value) ? value : null;
}

function unescape(text: string): string {
  return text.replaceAll(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character,
  );
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}...` : text;
}
