import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { selectOptionalUser } from '../../src/platform/database/embedded/user.ts';
import { installPackages } from '../../src/platform/launcher/install-packages.ts';

/** A PostgreSQL that Day Two did not bring along, with a database for it whose owner may nothing else. */
export interface DistributionPostgres {
  /** As DATABASE_URL. */
  readonly url: string;
  /** The same database for whoever may everything. */
  readonly ownerUrl: string;
  /** Of `postgres --version`. */
  readonly version: string;
  /** Ends it in good order. */
  stop(): Promise<void>;
  /** Starts it again. */
  start(): Promise<void>;
  /** Ends it and removes its files. */
  close(): Promise<void>;
}

const PACKAGE = 'postgresql';
const debian = '/usr/lib/postgresql';
const password = 'test-only';

/** The folder of its programs, installed first where this is root on Debian; null where there is none. */
export function findOptionalPostgres(): string | null {
  const found = selectOptionalFolder();
  if (found) return found;
  installPackages([PACKAGE]);
  return selectOptionalFolder();
}

/** For whoever has to install it. */
export const postgresMissing = `There is no PostgreSQL of the distribution here, and it could not be installed. On Debian: apt-get install ${PACKAGE}`;

function selectOptionalFolder(): string | null {
  const versions = existsSync(debian) ? readdirSync(debian) : [];
  const newest = versions.toSorted((a, b) => Number(b) - Number(a));
  const folders = [
    ...newest.map((version) => path.join(debian, version, 'bin')),
    ...(process.env['PATH'] ?? '').split(path.delimiter),
  ];
  return folders.find((folder) => existsSync(path.join(folder, 'initdb'))) ?? null;
}

/** Makes a cluster in a folder that is removed with it, and starts it on a socket. */
export async function openPostgres(programs: string): Promise<DistributionPostgres> {
  const root = await mkdtemp(path.join(tmpdir(), 'day2-postgres-'));
  const user = selectOptionalUser(root);
  await chmod(root, 0o755);
  if (user) await chown(root, user.uid, user.gid);
  const options = { cwd: root, env: { PATH: process.env['PATH'] ?? '', LC_ALL: 'C' }, ...user };
  const [cluster, run] = [path.join(root, 'cluster'), path.join(root, 'run')];
  await mkdir(run);
  if (user) await chown(run, user.uid, user.gid);
  await writeFile(path.join(root, 'password'), password, { mode: 0o644 });
  const make = ['-D', cluster, '-U', 'owner', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256'];
  execFileSync(
    path.join(programs, 'initdb'),
    [...make, '--no-sync', `--pwfile=${path.join(root, 'password')}`],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  );
  let server: ChildProcess | null = null;
  const start = async () => {
    const settings = ['-D', cluster, '-c', 'listen_addresses=', '-k', run];
    server = spawn(path.join(programs, 'postgres'), settings, { ...options, stdio: 'ignore' });
    await untilAnswers(run);
  };
  const stop = async () => {
    if (!server || server.exitCode !== null) return;
    const ended = once(server, 'exit');
    server.kill('SIGINT');
    await ended;
  };
  await start();
  await makeDatabase(run);
  return {
    url: `postgres://day2:${password}@localhost/day2?host=${run}`,
    ownerUrl: `postgres://owner:${password}@localhost/day2?host=${run}`,
    version: execFileSync(path.join(programs, 'postgres'), ['--version'], options)
      .toString()
      .trim(),
    start,
    stop,
    close: async () => {
      await stop();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** At most 20 s. */
async function untilAnswers(host: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    const client = new Client({ host, user: 'owner', password, database: 'postgres' });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (tries === 200) throw error;
      await delay(100);
    }
  }
}

async function makeDatabase(host: string): Promise<void> {
  const client = new Client({ host, user: 'owner', password, database: 'postgres' });
  await client.connect();
  await client.query(`CREATE ROLE day2 LOGIN PASSWORD '${password}'`);
  await client.query('CREATE DATABASE day2 OWNER day2');
  await client.end();
}
