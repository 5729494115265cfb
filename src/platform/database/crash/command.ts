import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const root = await mkdtemp(path.join(tmpdir(), 'day2-crash-'));
await chmod(root, 0o755);
try {
  const report = await chaos({
    data: path.join(root, 'data'),
    rounds: Number(values.rounds),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(report, null, 2));
  const isHeld = report.lost === 0 && report.slowestBackMs <= 5000;
  console.log(isHeld ? 'Every bar holds.' : 'A bar does not hold: 0 rows lost, back within 5 s.');
  process.exitCode = isHeld ? 0 : 1;
} finally {
  await rm(root, { recursive: true, force: true });
}
