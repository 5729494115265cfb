import { detectRaces } from 'wgsl_reflect/wgsl_reflect.module.js';
import type { Pass } from './start/kernel.ts';

/** What an emulated workgroup came to. */
export interface Races {
  /** Two accesses to one place that no barrier orders, in words; none when all are ordered. */
  readonly races: readonly string[];
  /** Why the emulator could not follow the shader; null when it could. */
  readonly trouble: string | null;
}

/** The emulator is sure of a workgroup's own variables only; what passes leave in buffers is judged by the results. */
const BUFFER = /^m_/;
const SHAPE = { rows: 2, columns: 70, stride: 80, scale: 0.5 };

/**
 * Runs the first workgroup of every pass in lockstep, between barriers, and compares what its invocations
 * touched. Independent of the adapter, on which a race may go well a thousand times.
 */
export function findRaces(memory: string, shader: string, passes: readonly Pass[]): Races {
  const code = `${memory}\n${shader}`;
  const above = memory.split('\n').length;
  const races = new Set<string>();
  for (const { entry } of passes) {
    try {
      const found = detectRaces(code, entry, [1, 1, 1], buffersOf(), {});
      if (found.errors.length > 0) return { races: [...races], trouble: found.errors[0] ?? '' };
      for (const { bufferId, a, b } of found.races)
        if (!BUFFER.test(bufferId))
          races.add(
            `softmax.wgsl:${a.line - above} and :${b.line - above}: one invocation ${said(a.kind)} "${bufferId}" and another ${said(b.kind)} the same place of it, and nothing says which comes first`,
          );
    } catch (error) {
      return { races: [...races], trouble: error instanceof Error ? error.message : String(error) };
    }
  }
  return { races: [...races], trouble: null };
}

function said(kind: 'read' | 'write'): string {
  return kind === 'read' ? 'reads' : 'writes';
}

function buffersOf(): Record<string, Record<string, unknown>> {
  const { rows, columns, stride, scale } = SHAPE;
  const uniform = new ArrayBuffer(16);
  const view = new DataView(uniform);
  [rows, columns, stride].forEach((value, at) => view.setUint32(4 * at, value, true));
  view.setFloat32(12, scale, true);
  const numbers = rows * stride;
  const scores = Float32Array.from({ length: numbers }, (_, at) => 3 * Math.sin(at));
  const scratch = new Float32Array(numbers + 2 * rows);
  return { 0: { 0: { uniform }, 1: scores, 2: new Float32Array(numbers), 3: scratch } };
}
