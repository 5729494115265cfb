import {
  isFlagged,
  listElements,
  parseMdx,
  readableText,
  textAttribute,
  type MdxElement,
  type MdxNode,
} from './mdx.ts';

const wordsPerMinute = 200;
const minutesPerExercise = 0.75;

/** What a page needs to know about a lesson before rendering it. */
export interface LessonOutline {
  /** Source ids in the order in which they are first cited, which numbers them. */
  readonly sources: readonly string[];
  /** Minutes to read it and answer its checks, at least 1. */
  readonly minutes: number;
  readonly checkCount: number;
  /** Ids of its knowledge checks. */
  readonly checks: readonly string[];
  /** Of these, the ones that count. */
  readonly counted: readonly string[];
}

/** Reads the outline from MDX without front matter. */
export function outlineLesson(body: string): LessonOutline {
  const root = parseMdx(body);
  const checks = listElements(root, 'Check');
  const checkCount = checks.length;
  const exercises = checkCount + listElements(root, 'Predict').length;
  const words = readableText(root).split(' ').length;
  return {
    sources: citedIn(root),
    minutes: Math.max(1, Math.round(words / wordsPerMinute + exercises * minutesPerExercise)),
    checkCount,
    checks: idsOf(checks),
    counted: idsOf(checks.filter((check) => isFlagged(check, 'counts'))),
  };
}

/** Source ids of any MDX in the order in which they are first cited. */
export function listCitedSources(body: string): readonly string[] {
  return citedIn(parseMdx(body));
}

function idsOf(checks: readonly MdxElement[]): string[] {
  return checks.flatMap((check) => textAttribute(check, 'id') ?? []);
}

function citedIn(root: MdxNode): string[] {
  const cited = listElements(root).flatMap((element) => {
    if (element.name === 'Cite') return textAttribute(element, 'id') ?? [];
    return element.name === 'Figure' ? (textAttribute(element, 'cite') ?? []) : [];
  });
  return [...new Set(cited)];
}
