const HEREDOC = /<<-?\s*(['"]?)([A-Za-z_]\w*)\1/g;
const QUOTED = /\\[\s\S]|'[^']*'|"(?:\\[\s\S]|[^"\\])*"/g;
const BLOCKS = [
  { open: /(?:^|[\s;&|(])(?:for|while|until)\s/g, close: /(?:^|[\s;&|])done(?=[\s;&|)]|$)/g },
  { open: /(?:^|[\s;&|(])if\s/g, close: /(?:^|[\s;&|])fi(?=[\s;&|)]|$)/g },
  { open: /(?:^|[\s;&|(])case\s/g, close: /(?:^|[\s;&|])esac(?=[\s;&|)]|$)/g },
];

/** Whether bash would ask for another line before it runs this text. */
export function needsMore(text: string): boolean {
  const { rest, isOpen } = takeHeredocs(text);
  if (isOpen || /(?:^|[^\\])(?:\\\\)*\\$/.test(rest)) return true;
  const bare = rest.replaceAll(QUOTED, 'q').replaceAll(/(^|\s)#.*$/gm, '$1');
  if (/['"]/.test(bare) || /(?:\||&&)\s*$/.test(bare)) return true;
  return BLOCKS.some(({ open, close }) => count(bare, open) > count(bare, close));
}

/** The text without the bodies of here-documents, and whether one of them has not ended. */
function takeHeredocs(text: string): { rest: string; isOpen: boolean } {
  const rest: string[] = [];
  const waiting: string[] = [];
  for (const line of text.split('\n')) {
    if (waiting.length > 0) {
      if (line.trim() === waiting[0]) waiting.shift();
      continue;
    }
    rest.push(line);
    for (const match of line.matchAll(HEREDOC)) waiting.push(match[2] ?? '');
  }
  return { rest: rest.join('\n'), isOpen: waiting.length > 0 };
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
