import { createHash } from 'node:crypto';
import type { LabFiles } from '#labs/files.ts';
import { hash } from './hash.ts';
import { readTokens } from './tokens.ts';

/** So many tokens of code are one passage: shorter ones are alike by chance. */
const PASSAGE = 8;

/** So many passages of an answer say whether another one is alike; a class has thousands of answers. */
const ENOUGH = 200;

/** A file whose passages are many is cut off: nothing of a lab is that long. */
const MOST = 1000;

/** What a lab gives out. */
interface Given {
  readonly start: LabFiles;
  readonly solution: LabFiles;
}

/** SHA-256 of the files as they are. */
export function digestFiles(files: LabFiles): string {
  const sorted = Object.entries(files).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

/**
 * A number for each passage of the files that the lab gives out nowhere, sorted, none twice. Where the
 * lab's answer is long, it is the same half, quarter ... of all passages for everybody.
 */
export function fingerprint(files: LabFiles, { start, solution }: Given): number[] {
  const begun = new Set(listPassages(start));
  const solved = new Set(listPassages(solution).filter((passage) => !begun.has(passage)));
  const below = 2 ** 32 / shareFor(solved.size);
  const own = listPassages(files).filter(
    (passage) => passage >>> 0 < below && !begun.has(passage) && !solved.has(passage),
  );
  return [...new Set(own)].toSorted((one, other) => one - other).slice(0, MOST);
}

/** 1, 2, 4 ...: of how many passages one is kept. */
function shareFor(passages: number): number {
  return 2 ** Math.max(0, Math.ceil(Math.log2(passages / ENOUGH)));
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
