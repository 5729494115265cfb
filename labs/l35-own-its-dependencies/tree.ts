import { integrityOf, type LockEntry, type Project } from './start/archive.ts';

/** One package of a project: its files and how the lock names it. */
export interface Package {
  readonly name: string;
  readonly version: string;
  readonly files: Readonly<Record<string, string>>;
  /** Its place in the tree; directly under the project when absent. */
  readonly under?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** A project that can still be changed before it is sent. */
export interface Draft {
  readonly lock: {
    name: string;
    lockfileVersion: number;
    packages: Record<string, LockEntry>;
  };
  readonly archives: Record<string, string>;
  readonly policy: { scripts: string[]; network: string[] };
}

/** A project whose lock, archives and integrity agree. */
export async function buildProject(name: string, packages: readonly Package[]): Promise<Draft> {
  const top = packages.filter(({ under }) => under === undefined);
  const draft: Draft = {
    lock: {
      name,
      lockfileVersion: 3,
      packages: {
        '': {
          version: '1.0.0',
          dependencies: Object.fromEntries(top.map((one) => [one.name, one.version])),
        },
      },
    },
    archives: {},
    policy: { scripts: [], network: [] },
  };
  for (const one of packages) await addPackage(draft, one);
  return draft;
}

/** `slug@1.2.0`, as findings and policies name it. */
export function idOf({ name, version }: Package): string {
  return `${name}@${version}`;
}

export function pathOf({ name, under }: Package): string {
  return `${under === undefined ? '' : `${under}/`}node_modules/${name}`;
}

export function archiveOf({ name, version }: Package): string {
  return `vendor/${name.replace('@', '').replace('/', '-')}-${version}.tgz`;
}

/** The archive of a package's files in base64, and its integrity. */
export async function pack(
  files: Readonly<Record<string, string>>,
): Promise<{ readonly base64: string; readonly integrity: string }> {
  const gzip = new Blob([tar(files)]).stream().pipeThrough(new CompressionStream('gzip'));
  const bytes = new Uint8Array(await new Response(gzip).arrayBuffer());
  return { base64: toBase64(bytes), integrity: await integrityOf(bytes) };
}

export function toProject(draft: Draft): Project {
  return draft;
}

async function addPackage(draft: Draft, one: Package): Promise<void> {
  const { base64, integrity } = await pack(one.files);
  const archive = archiveOf(one);
  draft.archives[archive] = base64;
  draft.lock.packages[pathOf(one)] = {
    version: one.version,
    resolved: `file:${archive}`,
    integrity,
    ...(one.dependencies ? { dependencies: one.dependencies } : {}),
  };
}

function tar(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const blocks = Object.entries(files).flatMap(([path, text]) => {
    const body = new TextEncoder().encode(text);
    const padded = new Uint8Array(Math.ceil(body.length / 512) * 512);
    padded.set(body);
    return [header(`package/${path}`, body.length), padded];
  });
  const all = [...blocks, new Uint8Array(1024)];
  const bytes = new Uint8Array(all.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of all) {
    bytes.set(block, at);
    at += block.length;
  }
  return bytes;
}

function header(path: string, size: number): Uint8Array {
  const block = new Uint8Array(512);
  const write = (text: string, at: number): void => {
    block.set(new TextEncoder().encode(text), at);
  };
  const octal = (value: number, digits: number): string =>
    `${value.toString(8).padStart(digits, '0')}\0`;
  write(path, 0);
  write(octal(0o644, 7), 100);
  write(octal(0, 7), 108);
  write(octal(0, 7), 116);
  write(octal(size, 11), 124);
  write(octal(0, 11), 136);
  write('        ', 148);
  write('0', 156);
  write('ustar\x0000', 257);
  const sum = block.reduce((total, byte) => total + byte, 0);
  write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary);
}
