import type { LoadPlan } from './plan.ts';
import type { StreamTimes } from './report.ts';

type Format = NonNullable<LoadPlan['request']['stream']>;

/** Follows the tokens of one answer as its text arrives. */
export interface TokenStream {
  /** Takes the next piece of text, which arrived at `at`, milliseconds. */
  push(text: string, at: number): void;
  /** null when not a single token came. */
  end(at: number): StreamTimes | null;
}

interface Usage {
  readonly prompt: number | null;
  readonly completion: number | null;
}

const NONE: Usage = { prompt: null, completion: null };

/**
 * One event of server-sent events, or one line of JSON, is one token, unless the answer states its
 * `usage` at the end as OpenAI's API does. Empty deltas and `[DONE]` are none.
 */
export function createTokenStream(format: Format): TokenStream {
  const times: number[] = [];
  let usage: Usage = NONE;
  let rest = '';
  const take = (line: string, at: number) => {
    const data = format === 'sse' ? readField(line) : line.trim();
    if (data === '' || data === '[DONE]') return;
    const event = parseEvent(data);
    usage = readUsage(event) ?? usage;
    if (isToken(event)) times.push(at);
  };
  return {
    push(text, at) {
      const lines = (rest + text).split(/\r?\n/);
      rest = lines.pop() ?? '';
      for (const line of lines) take(line, at);
    },
    end(at) {
      take(rest, at);
      return toTimes(times, usage);
    },
  };
}

function toTimes(times: readonly number[], usage: Usage): StreamTimes | null {
  const [firstTokenAt] = times;
  const lastTokenAt = times.at(-1);
  if (firstTokenAt === undefined || lastTokenAt === undefined) return null;
  return {
    firstTokenAt,
    lastTokenAt,
    tokens: usage.completion ?? times.length,
    gaps: Float32Array.from(times.slice(1), (at, index) => at - (times[index] ?? at)),
    promptTokens: usage.prompt,
  };
}

function readField(line: string): string {
  return line.startsWith('data:') ? line.slice(5).trim() : '';
}

/** Text that is no JSON is a token by itself. */
function parseEvent(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    return data;
  }
}

function isToken(event: unknown): boolean {
  const choices = fieldOf(event, 'choices');
  if (choices === undefined) return fieldOf(event, 'usage') === undefined;
  const [choice] = Array.isArray(choices) ? (choices as unknown[]) : [];
  const text = fieldOf(fieldOf(choice, 'delta'), 'content') ?? fieldOf(choice, 'text');
  return typeof text === 'string' && text !== '';
}

function readUsage(event: unknown): Usage | null {
  const usage = fieldOf(event, 'usage');
  if (typeof usage !== 'object' || usage === null) return null;
  return {
    prompt: toCount(fieldOf(usage, 'prompt_tokens')),
    completion: toCount(fieldOf(usage, 'completion_tokens')),
  };
}

function toCount(value: unknown): number | null {
  return Number.isSafeInteger(value) && Number(value) > 0 ? Number(value) : null;
}

function fieldOf(value: unknown, name: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return (value as Record<string, unknown>)[name];
}
