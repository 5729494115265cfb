/** A line of `kubectl describe`: text as it is, or cells that line up with those of the lines around it. */
export type FieldLine = string | readonly string[];

const GAP = 2;

type Value = string | number | boolean | undefined;

/** One heading with its value, or with what kubectl prints when there is none. */
export function line(heading: string, value: Value, otherwise = '<none>'): FieldLine {
  return [heading, value === undefined || value === '' ? otherwise : String(value)];
}

interface Described {
  readonly metadata?: {
    readonly name?: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
}

/** The first lines of every object. */
export function nameLines({ metadata }: Described): readonly FieldLine[] {
  return [line('Name:', metadata?.name), line('Namespace:', metadata?.namespace)];
}

/** The labels and annotations of an object. */
export function labelLines({ metadata }: Described): readonly FieldLine[] {
  return [
    ...pairLines('Labels:', metadata?.labels, '='),
    ...pairLines('Annotations:', metadata?.annotations, ': '),
  ];
}

/** `Controlled By:  ReplicaSet/x`, nothing for an object without an owner. */
export function ownerLines({
  metadata,
}: {
  readonly metadata?: {
    readonly ownerReferences?: readonly {
      readonly kind: string;
      readonly name: string;
      readonly controller?: boolean;
    }[];
  };
}): readonly FieldLine[] {
  const owner = metadata?.ownerReferences?.find(({ controller }) => controller);
  return owner ? [['Controlled By:', `${owner.kind}/${owner.name}`]] : [];
}

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
