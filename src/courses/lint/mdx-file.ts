import GithubSlugger from 'github-slugger';
import { mdxToJs } from 'satteri';
import {
  listElements,
  parseMdx,
  readableText,
  textAttribute,
  walkMdx,
  type MdxElement,
  type MdxNode,
} from '../mdx.ts';
import type { ProblemList } from './problem-list.ts';
import { readYaml, type YamlText } from './read-yaml.ts';

/** An MDX file taken apart; lines are those of the file. */
export interface MdxFile {
  /** null when it has none or its syntax is broken. */
  readonly frontMatter: YamlText | null;
  /** null when the syntax is broken. */
  readonly tree: MdxNode | null;
  readonly anchors: ReadonlySet<string>;
}

/** Reads an MDX text; every syntax error goes to `list`. */
export function readMdxFile(text: string, list: ProblemList): MdxFile {
  const [whole = '', yaml] = /^---\r?\n([\s\S]*?)\r?\n?---(?:\r?\n|$)/.exec(text) ?? [];
  const frontMatter = yaml === undefined ? null : readYaml(yaml, list, 2);
  // Blank lines instead of the front matter keep the lines of everything below.
  const body = whole.replace(/[^\n]+/g, '') + text.slice(whole.length);
  const tree = parse(body, list);
  return { frontMatter, tree, anchors: tree ? listAnchors(tree) : new Set() };
}

/** The line on which a node starts. */
export function lineOf(node: MdxNode): number | undefined {
  return node.position?.start.line;
}

function parse(body: string, list: ProblemList): MdxNode | null {
  try {
    // Expressions are only parsed when compiling.
    mdxToJs(body);
    return parseMdx(body);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line, reason = message] = /^(\d+):\d+: ([\s\S]*)$/.exec(message) ?? [];
    list.add(
      { line: line === undefined ? undefined : Number(line) },
      `The MDX cannot be read: ${reason.replace(/ \(mdx[^)]*\)$/, '').replace(/ \(\d+:\d+\)/, '')}.`,
      'Close every tag and brace; write a literal { or < as {"{"} or &lt;.',
    );
    return null;
  }
}

function listAnchors(tree: MdxNode): Set<string> {
  const slugger = new GithubSlugger();
  const anchors = new Set<string>();
  for (const node of walkMdx(tree)) {
    if (node.type === 'heading') anchors.add(slugger.slug(readableText(node)));
  }
  for (const element of listElements(tree)) {
    const anchor = anchorOf(element);
    if (anchor) anchors.add(anchor);
  }
  return anchors;
}

function anchorOf(element: MdxElement): string | undefined {
  const id = textAttribute(element, 'id');
  if (!id) return undefined;
  const prefixes: Readonly<Record<string, string>> = {
    Check: 'check-',
    Predict: 'predict-',
    LabLaunch: 'lab-',
    Cite: 'source-',
    Figure: '',
  };
  if (element.name && element.name in prefixes) return `${prefixes[element.name]}${id}`;
  return /^[a-z]/.test(element.name ?? '') ? id : undefined;
}
