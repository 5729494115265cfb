export interface Token {
  readonly kind: 'comment' | 'string' | 'number' | 'keyword' | 'key' | 'plain';
  readonly text: string;
}

const TYPESCRIPT =
  /(?<comment>\/\/.*|\/\*[\s\S]*?\*\/)|(?<string>'[^'\n]*'|"[^"\n]*"|`[^`]*`)|(?<number>\b\d[\d_.]*\b)|(?<keyword>\b(?:import|from|export|default|const|let|return|async|await|function|if|else|for|of|new|type|interface|class|throw|try|catch|while|null|undefined|true|false)\b)/g;
const YAML =
  /(?<comment>#.*)|(?<key>^[ \t-]*[\w./-]+(?=:(?:\s|$)))|(?<string>'[^'\n]*'|"[^"\n]*")|(?<number>\b\d+(?:\.\d+)?(?:m|Mi|Gi|Ki)?\b)|(?<keyword>\b(?:true|false|null)\b)/gm;

/** A light colouring for the moment before the editor has loaded. */
export function highlight(text: string, language: string): Token[] {
  if (language !== 'yaml' && language !== 'typescript') return [{ kind: 'plain', text }];
  const tokens: Token[] = [];
  let end = 0;
  for (const match of text.matchAll(language === 'yaml' ? YAML : TYPESCRIPT)) {
    if (match.index > end) tokens.push({ kind: 'plain', text: text.slice(end, match.index) });
    const kind = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
    tokens.push({ kind: (kind ?? 'plain') as Token['kind'], text: match[0] });
    end = match.index + match[0].length;
  }
  if (end < text.length) tokens.push({ kind: 'plain', text: text.slice(end) });
  return tokens;
}
