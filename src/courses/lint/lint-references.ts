import { listElements, textAttribute, walkMdx, type MdxElement, type MdxNode } from '../mdx.ts';
import { lineOf, type MdxFile } from './mdx-file.ts';
import type { ProblemList } from './problem-list.ts';
import type { Site } from './site.ts';

/** Checks what an MDX text points to: sources, terms, labs, and links inside the site. */
export function lintReferences(mdx: MdxFile, tree: MdxNode, list: ProblemList, site: Site): void {
  for (const element of listElements(tree)) {
    lintCitation(element, list, site);
    lintId(element, 'Term', site.terms, 'content/glossary.yaml', list);
    lintId(element, 'LabLaunch', site.labs, 'labs/', list);
  }
  for (const { url, line } of listLinks(tree)) lintLink(url, line, mdx, list, site);
}

/** Source ids cited in a tree, with the line of the first citation. */
export function listCitations(tree: MdxNode): Map<string, number | undefined> {
  const cited = new Map<string, number | undefined>();
  for (const element of listElements(tree)) {
    const id = citedId(element);
    if (id !== undefined && !cited.has(id)) cited.set(id, lineOf(element));
  }
  return cited;
}

function citedId(element: MdxElement): string | undefined {
  if (element.name === 'Cite') return textAttribute(element, 'id');
  return element.name === 'Figure' ? textAttribute(element, 'cite') : undefined;
}

function lintCitation(element: MdxElement, list: ProblemList, site: Site): void {
  const id = citedId(element);
  if (id === undefined) return;
  const at = { line: lineOf(element), field: `<${element.name}>` };
  const source = site.sources.get(id);
  if (!source) {
    list.add(
      at,
      `There is no source \`${id}\`.`,
      'Add it to content/sources.yaml, or correct the id.',
    );
  } else if (source.checked === null) {
    list.add(
      at,
      `Nobody has checked the source \`${id}\`, so it may not be cited.`,
      'Open it, find the claim, and set `checked` in content/sources.yaml to the day; or remove the claim.',
    );
  }
}

function lintId(
  element: MdxElement,
  component: string,
  known: ReadonlySet<string>,
  place: string,
  list: ProblemList,
): void {
  const id = element.name === component ? textAttribute(element, 'id') : undefined;
  if (id === undefined || known.has(id)) return;
  list.add(
    { line: lineOf(element), field: `<${component}>` },
    `There is no \`${id}\` in ${place}.`,
    `Add it, or correct the id${suggest(id, known)}.`,
  );
}

function suggest(id: string, known: ReadonlySet<string>): string {
  const near = [...known].find((other) => other.startsWith(id) || id.startsWith(other));
  return near ? `, perhaps to \`${near}\`` : '';
}

function* listLinks(tree: MdxNode): Generator<{ url: string; line: number | undefined }> {
  for (const node of walkMdx(tree)) {
    if (node.type === 'link' || node.type === 'definition') {
      yield { url: node.url, line: lineOf(node) };
    }
  }
  for (const element of listElements(tree, 'a')) {
    const url = textAttribute(element, 'href');
    if (url !== undefined) yield { url, line: lineOf(element) };
  }
}

function lintLink(
  url: string,
  line: number | undefined,
  mdx: MdxFile,
  list: ProblemList,
  site: Site,
): void {
  if (/^(https?:|mailto:)/.test(url)) return;
  const [address = '', anchor] = url.split('#');
  const anchors = address === '' ? mdx.anchors : site.pages.get(address);
  if (!anchors) {
    list.add({ line }, `The link \`${url}\` leads to no page.`, repairAddress(address, site));
  } else if (anchor !== undefined && !anchors.has(anchor)) {
    list.add(
      { line },
      `The link \`${url}\` leads to an anchor that is not on that page.`,
      `Use one of: ${[...anchors].slice(0, 12).join(', ') || '(the page has none)'}.`,
    );
  }
}

function repairAddress(address: string, site: Site): string {
  const slashed = `/${address.replace(/^[./]+|\/$/g, '')}/`;
  if (site.pages.has(slashed)) return `Write \`${slashed}\`.`;
  return 'Use the absolute address of a page, with a slash at the end, such as /glossary/.';
}
