import { createHash } from 'node:crypto';
import type { LabFiles } from '#labs/files.ts';
import { readTokens } from './tokens.ts';

/** So many tokens of code are one passage: shorter ones are alike by chance. */
const PASSAGE = 8;

/** A file whose passages are many is cut off: nothing of a lab is that long. */
const MOST = 4000;

/** SHA-256 of everything that the files say. */
export function digestFiles(files: LabFiles): string {
  const said = Object.entries(files)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([path, text]) => [path, readTokens(path, text)]);
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/** A number for each passage of the files that is in none of `known`, sorted, none twice. */
export function fingerprint(files: LabFiles, known: readonly LabFiles[]): number[] {
  const given = new Set(known.flatMap(listPassages));
  const own = new Set(listPassages(files).filter((hash) => !given.has(hash)));
  return [...own].toSorted((one, other) => one - other).slice(0, MOST);
}

function listPassages(files: LabFiles): number[] {
  return Object.entries(files).flatMap(([path, text]) => {
    const tokens = readTokens(path, text);
    // A value of YAML is a passage by itself: it has its place in it.
    const length = /\.ya?ml$/.test(path) ? 1 : PASSAGE;
    const count = Math.max(0, tokens.length - length + 1);
    return Array.from({ length: count }, (_, at) =>
      hash(tokens.slice(at, at + length).join('\u0001')),
    );
  });
}

/** 32 bits with a sign, as PostgreSQL's integer. */
function hash(text: string): number {
  return createHash('sha256').update(text).digest().readInt32BE(0);
}
