import type { Manifest } from '../manifest.ts';

/** A share as the cards print it. */
export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

/** A table in Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return 'None.';
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** The files that a manifest names, with size and hash. */
export function fileTable({ files }: Pick<Manifest, 'files'>): string {
  return table(
    ['file', 'bytes', 'SHA-256'],
    Object.values(files).map(({ path, bytes, sha256 }) => [
      path,
      bytes.toLocaleString('en'),
      `\`${sha256}\``,
    ]),
  );
}
