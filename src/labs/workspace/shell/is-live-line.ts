const QUOTED = /'[^']*'|"(?:\\.|[^"\\])*"|\\./g;
const CAPTURES = /[|<>`]|\$\(|&\s*$/;

/**
 * Whether the output of every command on this line goes to the screen and nowhere else, so that it
 * can be shown as it arrives. A pipe, a redirection or a substitution takes it somewhere else.
 */
export function isLiveLine(line: string): boolean {
  const substituted = /"[^"]*(?:\$\(|`)[^"]*"/.test(line);
  const bare = line.replaceAll(QUOTED, '').replaceAll('||', '');
  return !substituted && !CAPTURES.test(bare);
}
