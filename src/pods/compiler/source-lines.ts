import type { LineMap } from '../line-map.ts';

interface SourceMap {
  readonly sources: readonly string[];
  /** Base64 VLQ as of ECMA-426: lines divided by `;`, segments by `,`. */
  readonly mappings: string;
}

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** The first source position of every line in a source map: all that a stack trace needs. */
export function sourceLines(text: string): LineMap {
  const { sources, mappings } = JSON.parse(text) as SourceMap;
  let file = 0;
  let line = 0;
  const lines = mappings.split(';').map((segments) => {
    let first: readonly [number, number] | null = null;
    for (const segment of segments.split(',').filter(Boolean)) {
      const [, fileStep, lineStep] = decode(segment);
      if (fileStep === undefined || lineStep === undefined) continue;
      file += fileStep;
      line += lineStep;
      first ??= [file, line + 1];
    }
    return first;
  });
  const isLab = sources.map((source) => source.startsWith('lab:'));
  return {
    files: sources.map((source) => source.replace(/^lab:/, '')),
    lines: lines.map((origin) => (origin && isLab[origin[0]] ? origin : null)),
  };
}

function decode(segment: string): number[] {
  const values: number[] = [];
  let value = 0;
  let shift = 0;
  for (const digit of segment) {
    const bits = DIGITS.indexOf(digit);
    value += (bits & 31) << shift;
    shift += 5;
    if (bits & 32) continue;
    values.push(value & 1 ? -(value >> 1) : value >> 1);
    value = 0;
    shift = 0;
  }
  return values;
}
