import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { chaos } from './chaos.ts';

/**
 * Kills the server and its database while people write through the site, and says what was lost.
 * `npm run crash -- --rounds 50 --seed 1`; the site has to be built.
 */
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '50' }, seed: { type: 'string', default: '1' } },
});
const BACK_LIMIT_MS = 5000;

const root = await mkdtemp(path.join(tmpdir(), 'day2-crash-'));
await chmod(root, 0o755);
try {
  const load = () => loadavg()[0]?.toFixed(1) ?? '';
  const before = load();
  const report = await chaos({
    data: path.join(root, 'data'),
    rounds: Number(values.rounds),
    seed: Number(values.seed),
  });
  console.log(JSON.stringify(report, null, 2));
  console.log(`Load average before ${before}, at the end ${load()}.`);
  const isKept = Object.values(report.writes).every(
    ({ acknowledged, lost, doubled }) => acknowledged > 0 && lost === 0 && doubled === 0,
  );
  const isBack = Math.max(...Object.values(report.slowestBackMs)) <= BACK_LIMIT_MS;
  console.log(
    isKept && isBack
      ? 'Every bar holds.'
      : 'A bar does not hold: nothing acknowledged is lost or doubled, and the service is back within 5 s.',
  );
  process.exitCode = isKept && isBack ? 0 : 1;
} finally {
  await rm(root, { recursive: true, force: true });
}
