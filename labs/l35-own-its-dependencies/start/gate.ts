import { Hono } from 'hono';
import { packageName, type Project } from './archive.ts';

/** Why a project is not built. */
interface Finding {
  /** `name@version` as the lock has it; of an archive that no entry names, its path. */
  package: string;
  /** In your words, for whoever has to repair it. */
  message: string;
}

/** Everything that is wrong with a project; none admits it. */
async function inspect(project: Project): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const [path, entry] of Object.entries(project.lock.packages)) {
    if (path === '') continue;
    const name = `${packageName(path)}@${entry.version}`;
    if (!entry.integrity) findings.push({ package: name, message: 'The lock has no integrity.' });
  }
  return findings;
}

/** What is in the image, as CycloneDX 1.6. */
async function describe(project: Project): Promise<object> {
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'application', name: project.lock.name } },
    components: [],
  };
}

const app = new Hono();
app.get('/readyz', (c) => c.text('ready\n'));
app.post('/inspect', async (c) => {
  const findings = await inspect(await c.req.json<Project>());
  return c.json({ admitted: findings.length === 0, findings });
});
app.post('/sbom', async (c) => c.json(await describe(await c.req.json<Project>())));

export default app;
