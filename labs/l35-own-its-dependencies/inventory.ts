import * as z from 'zod';
import { decode, packageName } from './start/archive.ts';
import type { Draft } from './tree.ts';

/** What of CycloneDX 1.6 the lab asks for; fields beyond it are the learner's own. */
export const bomSchema = z.object({
  bomFormat: z.literal('CycloneDX'),
  specVersion: z.literal('1.6'),
  serialNumber: z
    .string()
    .regex(/^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
    .optional(),
  version: z.int().positive(),
  metadata: z.object({
    component: z.object({
      type: z.literal('application'),
      name: z.string(),
      'bom-ref': z.string().min(1),
    }),
  }),
  components: z.array(
    z.object({
      type: z.literal('library'),
      name: z.string(),
      group: z.string().optional(),
      version: z.string(),
      purl: z.string(),
      'bom-ref': z.string().min(1),
      hashes: z.array(z.object({ alg: z.string(), content: z.string().regex(/^[0-9a-f]+$/) })),
    }),
  ),
  dependencies: z.array(z.object({ ref: z.string(), dependsOn: z.array(z.string()).default([]) })),
});

type Bom = z.infer<typeof bomSchema>;

/** Everything in which an inventory differs from the lock, a sentence each. */
export function checkInventory(bom: Bom, { lock }: Draft): readonly string[] {
  const wanted = Object.entries(lock.packages).filter(([path]) => path !== '');
  const purls = wanted.map(([path, { version }]) => purlOf(path, version));
  const refs = new Map(bom.components.map((one) => [one['bom-ref'], one.purl]));
  const complaints = [
    ...different(
      'component',
      bom.components.map(({ purl }) => purl),
      purls,
    ),
    ...wanted.flatMap(([path, entry]) => {
      const purl = purlOf(path, entry.version);
      const hashes = bom.components.find((one) => one.purl === purl)?.hashes ?? [];
      const right = hexOf(entry.integrity ?? '');
      const isRight = hashes.some(({ alg, content }) => alg === 'SHA-512' && content === right);
      return isRight ? [] : [`${purl} does not have the SHA-512 of its archive in hexadecimal`];
    }),
  ];
  if (refs.size !== bom.components.length) complaints.push('two components share a bom-ref');
  if (complaints.length > 0) return complaints;
  refs.set(bom.metadata.component['bom-ref'], '');
  return ['', ...wanted.map(([path]) => path)].flatMap((path) => {
    const entry = lock.packages[path];
    const purl = path === '' ? '' : purlOf(path, entry?.version ?? '');
    const edges = bom.dependencies.find(({ ref }) => refs.get(ref) === purl)?.dependsOn ?? [];
    const targets = Object.keys(entry?.dependencies ?? {}).map((name) => resolve(lock, path, name));
    return different(
      `dependency of ${purl || lock.name}`,
      edges.map((ref) => refs.get(ref) ?? ref),
      targets,
    );
  });
}

function different(what: string, found: readonly string[], wanted: readonly string[]): string[] {
  const missing = wanted
    .filter((one) => !found.includes(one))
    .map((one) => `missing ${what}: ${one}`);
  const extra = found
    .filter((one) => !wanted.includes(one))
    .map((one) => `${what} that is not installed: ${one}`);
  const twice = found
    .filter((one, at) => found.indexOf(one) !== at)
    .map((one) => `${what} twice: ${one}`);
  return [...missing, ...extra, ...twice];
}

/** As Node resolves: the nearest node_modules on the way up. */
function resolve(lock: Draft['lock'], from: string, name: string): string {
  for (
    let folder = from;
    ;
    folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))
  ) {
    const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    const entry = lock.packages[path];
    if (entry) return purlOf(path, entry.version);
    if (folder === '') throw new Error(`${name} is nowhere in the lock of this check.`);
  }
}

function purlOf(path: string, version: string): string {
  return `pkg:npm/${packageName(path).replace('@', '%40')}@${version}`;
}

function hexOf(integrity: string): string {
  const bytes = decode(integrity.replace('sha512-', ''));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
