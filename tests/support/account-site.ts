import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { findOptionalPostgres, openPostgres, postgresMissing } from './distribution-postgres.ts';
import { embeddedUrl } from './embedded-url.ts';
import { holdDatabaseDown } from './hold-database-down.ts';
import { openRoundRobin } from './round-robin.ts';
import { collectOutput, startNode } from './site-node.ts';

/** A server with accounts and a database of its own, in a folder that is removed with it. */
export interface AccountSite {
  readonly url: string;
  /** Of each server; the same as `url` where there is one. */
  readonly nodes: readonly string[];
  readonly databaseUrl: string;
  /** The same database for whoever may everything: to turn triggers off. */
  readonly ownerUrl: string;
  /** The code that makes the first admin. */
  readonly setUpCode: string;
  /** What the servers printed so far. */
  readonly lines: readonly string[];
  /** The newest link that the log has instead of a mail; waits for one. */
  findLink(to: string): Promise<string>;
  /** Ends PostgreSQL and keeps it down until the function that this resolves to is called. */
  holdDatabaseDown(): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/**
 * Starts a server; `env` is added to its environment. Without a database it has no code. With
 * DAY2_TEST_NODES=2 there are two on one PostgreSQL of the distribution, and each request goes to
 * the other one than the request before it.
 */
export function openAccountSite(env: Readonly<Record<string, string>> = {}): Promise<AccountSite> {
  const isOfTwo = process.env['DAY2_TEST_NODES'] === '2' && env['DATABASE_URL'] === undefined;
  return isOfTwo ? openTwo(env) : openOne(env);
}

async function openOne(env: Readonly<Record<string, string>>): Promise<AccountSite> {
  const root = await makeRoot();
  const output = collectOutput();
  const data = path.join(root, 'data');
  const node = await startNode({ DAY2_DATA: data, ...env }, output);
  const given = env['DATABASE_URL'];
  const databaseUrl = given ?? (await embeddedUrl(data));
  return {
    url: node.url,
    nodes: [node.url],
    lines: output.lines,
    setUpCode: given ? '' : await output.find(/"code":"([A-Z0-9-]+)"/),
    databaseUrl,
    ownerUrl: databaseUrl,
    findLink: (to) => output.find(linkTo(to, node.url)),
    holdDatabaseDown: () => holdDatabaseDown(data),
    close: async () => {
      await node.end('SIGTERM');
      await rm(root, { recursive: true, force: true });
    },
  };
}

async function openTwo(env: Readonly<Record<string, string>>): Promise<AccountSite> {
  const programs = findOptionalPostgres();
  if (!programs) throw new Error(postgresMissing);
  const root = await makeRoot();
  const postgres = await openPostgres(programs);
  const output = collectOutput();
  const shared = {
    DATABASE_URL: postgres.url,
    DAY2_AUTH_SECRET: randomBytes(32).toString('base64url'),
    DAY2_PROXY_HOPS: '1',
    ...env,
  };
  const start = (name: string) =>
    startNode({ DAY2_DATA: path.join(root, name), ...shared }, output);
  // At once, so that both find an empty database.
  const nodes = await Promise.all([start('first'), start('second')]);
  const proxy = await openRoundRobin(nodes.map(({ url }) => url));
  return {
    url: proxy.url,
    nodes: nodes.map(({ url }) => url),
    databaseUrl: postgres.url,
    ownerUrl: postgres.ownerUrl,
    lines: output.lines,
    setUpCode: await output.find(/"code":"([A-Z0-9-]+)"/),
    findLink: (to) => output.find(linkTo(to, proxy.url)),
    holdDatabaseDown: async () => {
      await postgres.stop();
      return () => postgres.start();
    },
    close: async () => {
      await proxy.close();
      await Promise.all(nodes.map((node) => node.end('SIGTERM')));
      await postgres.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** PostgreSQL runs as another user where the server is root. */
async function makeRoot(): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), 'day2-accounts-'));
  await chmod(root, 0o755);
  return root;
}

function linkTo(to: string, url: string): RegExp {
  return new RegExp(`"to":"${to}".*?(${url}/[^"\\\\\\s]+)`);
}
