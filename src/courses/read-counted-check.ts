import { knowledgeCheckSchema, type KnowledgeCheck } from './knowledge-check.ts';
import { readLiterals } from './lint/element-props.ts';
import { isFlagged, listElements, parseMdx, textAttribute } from './mdx.ts';

/** The check of that id in a lesson's MDX; null where there is none that counts. */
export function readCountedCheck(body: string, id: string): KnowledgeCheck | null {
  const element = listElements(parseMdx(body), 'Check').find(
    (check) => textAttribute(check, 'id') === id && isFlagged(check, 'counts'),
  );
  if (!element) return null;
  const options = listElements(element, 'Option').map(readLiterals);
  return knowledgeCheckSchema.parse({ ...readLiterals(element), options });
}
