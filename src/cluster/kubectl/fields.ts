/** A line of `kubectl describe`: text as it is, or cells that line up with those of the lines around it. */
export type FieldLine = string | readonly string[];

const GAP = 2;

/** Lines as kubectl aligns them: each unbroken run of lines with cells has columns of its own. */
export function formatFields(lines: readonly FieldLine[]): string {
  let text = '';
  let run: (readonly string[])[] = [];
  const flush = (): void => {
    text += formatRun(run);
    run = [];
  };
  for (const line of lines) {
    if (typeof line !== 'string') {
      run.push(line);
      continue;
    }
    flush();
    text += `${line}\n`;
  }
  flush();
  return text;
}

/** `Labels:  a=b` and one line more for each further pair; `<none>` without any. */
export function pairLines(
  heading: string,
  pairs: Readonly<Record<string, string>> | undefined,
  separator: string,
): readonly FieldLine[] {
  const texts = Object.entries(pairs ?? {})
    .filter(([key]) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
    .map(([key, value]) => `${key}${separator}${value}`);
  const [first = '<none>', ...more] = texts.sort();
  return [[heading, first], ...more.map((pair) => ['', pair])];
}

/** `Mon, 23 Nov 2026 16:05:00 +0000`. */
export function formatTime(time: Date | string | undefined): string {
  return time === undefined ? '<none>' : new Date(time).toUTCString().replace('GMT', '+0000');
}

function formatRun(lines: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const line of lines) {
    line.slice(0, -1).forEach((cell, index) => {
      widths[index] = Math.max(widths[index] ?? 0, cell.length);
    });
  }
  return lines
    .map((line) =>
      line
        .map((cell, index) =>
          index === line.length - 1 ? cell : cell.padEnd((widths[index] ?? 0) + GAP),
        )
        .join(''),
    )
    .map((line) => `${line.trimEnd()}\n`)
    .join('');
}
