import { Hono } from 'hono';
import {
  decode,
  integrityOf,
  packageName,
  unpack,
  type LockEntry,
  type Project,
} from './archive.ts';
import { observe } from './observe.ts';

/** Why a project is not built. */
interface Finding {
  /** `name@version` as the lock has it; of an archive that no entry names, its path. */
  package: string;
  /** In your words, for whoever has to repair it. */
  message: string;
}

/** What runs by itself when npm installs a package. */
const INSTALL = ['preinstall', 'install', 'postinstall'];

/** Everything that is wrong with a project; none admits it. */
async function inspect(project: Project): Promise<Finding[]> {
  const findings: Finding[] = [];
  const named = new Set<string>();
  for (const [path, entry] of Object.entries(project.lock.packages)) {
    if (path === '') continue;
    const found = { package: `${packageName(path)}@${entry.version}` };
    const archive = entry.resolved?.replace(/^file:/, '') ?? '';
    named.add(archive);
    const message = await judge(project, found.package, entry, project.archives[archive]);
    if (message) findings.push({ ...found, message });
  }
  for (const archive of Object.keys(project.archives))
    if (!named.has(archive)) findings.push({ package: archive, message: 'No lock entry names it.' });
  return findings;
}

async function judge(
  { policy }: Project,
  name: string,
  entry: LockEntry,
  base64: string | undefined,
): Promise<string | null> {
  if (!entry.resolved?.startsWith('file:vendor/')) return 'It is not taken from vendor/.';
  if (base64 === undefined) return `${entry.resolved} is missing.`;
  if (!entry.integrity?.startsWith('sha512-')) return 'The lock has no SHA-512 of it.';
  const bytes = decode(base64);
  if ((await integrityOf(bytes)) !== entry.integrity) return 'The archive is not the locked one.';
  const files = await unpack(bytes);
  const manifest = JSON.parse(files['package.json'] ?? '{}');
  if (`${manifest.name}@${manifest.version}` !== name)
    return `The archive says that it is ${manifest.name}@${manifest.version}.`;
  const scripts = INSTALL.filter((one) => manifest.scripts?.[one]);
  // npm runs node-gyp for a package with a binding.gyp, whatever its scripts say.
  if (files['binding.gyp'] !== undefined) scripts.push('binding.gyp');
  if (scripts.length > 0 && !policy.scripts.includes(name)) return `It runs ${scripts.join(', ')}.`;
  const called = await observe(files['index.js'] ?? 'export default () => {};');
  if (called.length > 0 && !policy.network.includes(name)) return `It calls ${called.join(', ')}.`;
  return null;
}

/** What is in the image, as CycloneDX 1.6. */
async function describe({ lock }: Project): Promise<object> {
  const packages: [string, LockEntry][] = [];
  const root = lock.packages['']!;
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    serialNumber: `urn:uuid:${crypto.randomUUID()}`,
    version: 1,
    metadata: { component: { type: 'application', name: lock.name, 'bom-ref': lock.name } },
    components: packages.map(([path, { version, integrity = '' }]) => ({
      type: 'library',
      name: packageName(path),
      version,
      purl: purl(path, version),
      'bom-ref': path,
      hashes: [{ alg: 'SHA-512', content: hex(integrity.replace('sha512-', '')) }],
    })),
    dependencies: [
      { ref: lock.name, dependsOn: refs(lock.packages, '', root.dependencies) },
      ...packages.map(([path, { dependencies }]) => ({
        ref: path,
        dependsOn: refs(lock.packages, path, dependencies),
      })),
    ],
  };
}

function purl(path: string, version: string): string {
  return `pkg:npm/${packageName(path).replace('@', '%40')}@${version}`;
}

function hex(base64: string): string {
  return Array.from(decode(base64), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** As Node resolves: the nearest node_modules on the way up. */
function refs(
  packages: Project['lock']['packages'],
  from: string,
  dependencies: Readonly<Record<string, string>> = {},
): string[] {
  return Object.keys(dependencies).map((name) => {
    for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
      const path = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
      if (path in packages) return path;
      if (folder === '') return name;
    }
  });
}

const app = new Hono();
app.get('/readyz', (c) => c.text('ready\n'));
app.post('/inspect', async (c) => {
  const findings = await inspect(await c.req.json<Project>());
  return c.json({ admitted: findings.length === 0, findings });
});
app.post('/sbom', async (c) => c.json(await describe(await c.req.json<Project>())));

export default app;
