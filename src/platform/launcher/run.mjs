// Every npm script starts here, on whatever Node >= 20 the machine has: it installs what is missing
// and goes on with the Node 24 that the project pins. Plain JavaScript and no dependencies, because
// neither may be assumed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const root = path.resolve(
  import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname),
  '../../..',
);
const pinnedNode = path.join(
  root,
  'node_modules/node/bin',
  process.platform === 'win32' ? 'node.exe' : 'node',
);

requireNode20();
installDependencies();
await runPinned(process.argv.slice(2));

function requireNode20() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= 20) return;
  fail(
    `Node ${process.versions.node} is too old to set Day Two up. Install Node 20 or newer and run the command again.`,
  );
}

function installDependencies() {
  const stamp = path.join(root, 'node_modules/.day-two-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(pinnedNode) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing dependencies (a few minutes the first time) ...');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  // Not `npm ci`: it refuses a lock that names an optional package of another platform which the
  // registry at hand does not hold. This installs the locked versions and leaves the lock as it is.
  const result = spawnSync(npm, ['install', '--no-save', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    env: {
      ...process.env,
      ONNXRUNTIME_NODE_INSTALL: 'skip',
      PUPPETEER_SKIP_DOWNLOAD: '1',
      PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD: '1',
    },
  });
  if (result.status !== 0 || !existsSync(pinnedNode)) {
    fail(
      'npm install failed (its own message is above). On an air-gapped machine copy node_modules from a machine with the same operating system, or point npm at your registry mirror with npm config set registry.',
    );
  }
  writeFileSync(stamp, wanted);
}

async function runPinned(args) {
  const child = spawn(pinnedNode, args, {
    cwd: root,
    stdio: 'inherit',
    env: {
      ...process.env,
      PATH: `${path.dirname(pinnedNode)}${path.delimiter}${process.env.PATH ?? ''}`,
    },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  const code = await new Promise((resolve) =>
    child.on('exit', (status, signal) => resolve(status ?? (signal ? 1 : 0))),
  );
  process.exitCode = code;
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
