import type { Message, PartialNote } from 'esbuild-wasm';
import type { Problem } from '#platform/problem.ts';
import { importable } from '../importable.ts';

/** What our own errors carry through esbuild. */
export interface Repair {
  readonly repair: string;
}

/** A note under one of our own errors. */
export function note(text: string): PartialNote {
  return { text };
}

/** An esbuild error in the words and positions of a lab's file. */
export function toProblem(message: Message, entry: string): Problem {
  const { location, text } = message;
  const repair = repairOf(message);
  if (!location) return { file: entry, message: sentence(text), repair };
  return {
    file: location.file.replace(/^lab:/, ''),
    line: location.line,
    // esbuild counts columns from 0 and in bytes; a learner's editor counts characters from 1.
    column: characters(location.lineText, location.column) + 1,
    lineText: location.lineText,
    message: sentence(text.replaceAll(/"(lab|pod):/g, '"')),
    repair,
  };
}

function repairOf({ detail, location, notes, text }: Message): string {
  if (isRepair(detail)) return detail.repair;
  const missing = /^No matching export in "pod:(.+)" for import/.exec(text)?.[1];
  if (missing) return `"${missing}" exports ${(importable[missing] ?? []).join(', ')}.`;
  const hint = notes[0]?.text ?? (location?.suggestion ? `Write ${location.suggestion}.` : '');
  return hint || 'Mend the syntax at this position; the cause may be just before it.';
}

function isRepair(detail: unknown): detail is Repair {
  return typeof detail === 'object' && detail !== null && 'repair' in detail;
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function characters(line: string, bytes: number): number {
  return new TextDecoder().decode(new TextEncoder().encode(line).slice(0, bytes)).length;
}
