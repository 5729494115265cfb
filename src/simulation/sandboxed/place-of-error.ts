import { placeOf, readLineMap } from '#pods/line-map.ts';

/** How the policy's module is named in stack traces. */
const NAME = 'learner-policy.js';

/** The policy's module as the URL that it is loaded from; stack traces give it a short name. */
export function policyUrl(code: string): string {
  const named = `${code.trimEnd()}\n//# sourceURL=${NAME}`;
  return `data:text/javascript;charset=utf-8,${encodeURIComponent(named)}`;
}

/** Finds where in the learner's files an error was thrown, as `route.ts:12`; null when that is not known. */
export function createPlaceFinder(code: string): (error: unknown) => string | null {
  const map = readLineMap(code);
  return (error) => {
    if (!map || !(error instanceof Error)) return null;
    // What comes first is where it was thrown, or the innermost of the learner's lines on the way there.
    for (const [, line] of String(error.stack).matchAll(FRAME)) {
      const place = placeOf(map, Number(line));
      if (place !== null) return place;
    }
    return null;
  };
}

const FRAME = new RegExp(`${NAME.replace('.', '\\.')}:(\\d+):\\d+`, 'g');
