/** Props of an `<Option>` as the author wrote them, and its content. */
export interface MarkedOption {
  readonly props: Record<string, unknown>;
  readonly html: string;
}

const pattern = /<!--option:([^>]*)-->([\s\S]*?)<!--\/option-->/g;

/** Wraps an option's HTML in comments that carry its props up to the enclosing `<Check>`. */
export function markOption(props: Record<string, unknown>, html: string): string {
  return `<!--option:${encodeURIComponent(JSON.stringify(props))}-->${html}<!--/option-->`;
}

/** Takes the marked options out of rendered HTML; the rest is the question. */
export function splitOptions(html: string): { question: string; options: MarkedOption[] } {
  const options = [...html.matchAll(pattern)].map(([, props = '', content = '']) => ({
    props: JSON.parse(decodeURIComponent(props)) as Record<string, unknown>,
    html: content.trim(),
  }));
  const question = html.replace(pattern, '').replace(/<p>\s*<\/p>/g, '');
  return { question: question.trim(), options };
}
