/* Read only. What npm does with an archive: hash it, open it, read its package.json. */

export interface LockEntry {
  readonly version: string;
  /** Where npm takes the archive from: `file:vendor/slug-1.2.0.tgz` or a URL. */
  readonly resolved?: string;
  /** Subresource integrity of the archive's bytes: `sha512-` and base64. */
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** What arrives at the gate with each build. */
export interface Project {
  readonly lock: {
    readonly name: string;
    readonly lockfileVersion: number;
    /** The project itself at "", then its packages by path: `node_modules/a/node_modules/b`. */
    readonly packages: Readonly<Record<string, LockEntry>>;
  };
  /** The vendored archives in base64 by path: `vendor/slug-1.2.0.tgz`. */
  readonly archives: Readonly<Record<string, string>>;
  /** What somebody has looked at and signed for, as `name@version`. */
  readonly policy: { readonly scripts: readonly string[]; readonly network: readonly string[] };
}

/** `@scope/name` of a path in the lock. */
export function packageName(path: string): string {
  return path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
}

export function decode(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (unit) => unit.charCodeAt(0));
}

/** The integrity of bytes, in the form of a lock file. */
export async function integrityOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-512', bytes));
  return `sha512-${btoa(String.fromCharCode(...hash))}`;
}

/** The files of a .tgz by path, without the leading `package/`. */
export async function unpack(bytes: Uint8Array<ArrayBuffer>): Promise<Record<string, string>> {
  const gunzip = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  const tar = new Uint8Array(await new Response(gunzip).arrayBuffer());
  const text = (from: number, length: number) =>
    new TextDecoder().decode(tar.subarray(from, from + length)).replace(/\0.*$/s, '');
  const files: Record<string, string> = {};
  for (let at = 0; at + 512 <= tar.length && tar[at] !== 0;) {
    const size = parseInt(text(at + 124, 12), 8);
    files[text(at, 100).replace(/^package\//, '')] = text(at + 512, size);
    at += 512 + Math.ceil(size / 512) * 512;
  }
  return files;
}
