import {
  mdxToMdast,
  type MdastNode,
  type MdxJsxFlowElement,
  type MdxJsxTextElement,
} from 'satteri';

/** A component or HTML element in MDX. */
export type MdxElement = MdxJsxFlowElement | MdxJsxTextElement;
export type MdxNode = MdastNode | MdxElement;

/** Parses MDX without its front matter; throws with `line:column: reason` when it cannot be read. */
export function parseMdx(body: string): MdxNode {
  return mdxToMdast(body);
}

/** Every node of the tree in reading order. */
export function* walkMdx(node: MdxNode): Generator<MdxNode> {
  yield node;
  if (!('children' in node)) return;
  for (const child of node.children) yield* walkMdx(child as MdxNode);
}

/** The elements in reading order; `name` picks those of one component. */
export function listElements(root: MdxNode, name?: string): MdxElement[] {
  return [...walkMdx(root)].filter(
    (node): node is MdxElement => isElement(node) && (name === undefined || node.name === name),
  );
}

/** An attribute written as text; undefined when it is absent or an expression. */
export function textAttribute(element: MdxElement, name: string): string | undefined {
  const found = element.attributes.find(
    (attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === name,
  );
  return typeof found?.value === 'string' ? found.value : undefined;
}

/** Whether an attribute is set without a value, or to true. */
export function isFlagged(element: MdxElement, name: string): boolean {
  const found = element.attributes.find(
    (attribute) => attribute.type === 'mdxJsxAttribute' && attribute.name === name,
  );
  if (!found) return false;
  const { value } = found;
  return typeof value === 'object' && value !== null ? value.value.trim() === 'true' : !value;
}

/** The words a reader sees in a node, without code blocks. */
export function readableText(node: MdxNode): string {
  const values = [...walkMdx(node)].map((part) =>
    part.type === 'text' || part.type === 'inlineCode' ? part.value : ' ',
  );
  return values.join('').replace(/\s+/g, ' ').trim();
}

function isElement(node: MdxNode): node is MdxElement {
  return node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';
}
