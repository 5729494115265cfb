import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import path from 'node:path';
import sirv from 'sirv';
import type { Accounts } from '#accounts/open-accounts.ts';
import type { Visit } from '#accounts/visit.ts';
import { webContainerPath } from '#pods/webcontainer-switch.ts';
import type { Verification } from '#submissions/verification.ts';
import type { Database } from '../database.ts';
import { logAs } from '../log.ts';
import { parseEnv } from '../env.ts';
import { siteFactsOf, type SiteFacts } from '../site-facts.ts';
import { findBodyFault } from './find-body-fault.ts';
import { headersFor, noIsolatedPages, type IsolatedPages } from './headers.ts';
import type { Probes } from './probes.ts';

/** What a page that is rendered on demand finds in `Astro.locals`. */
interface PageLocals {
  /** Null where there is none, or it was not opened yet. */
  readonly database: Database | null;
  readonly requestId: string;
  readonly site: SiteFacts;
  /** Null while the database is not open; absent where the server has no accounts. */
  readonly visit?: Visit | null;
  /** Null where the server has no accounts. */
  readonly verification: Verification | null;
}

/** What the server does besides handing out the site. */
interface Operations {
  readonly probes: Probes;
  /** Called as a request arrives; gives its id. */
  observe(request: IncomingMessage, response: ServerResponse, pathname: string): string;
  findOptionalDatabase(): Database | null;
  /** Null where the server has no accounts. */
  readonly accounts: Accounts | null;
  readonly site: SiteFacts;
  /** Null where the server has no accounts. */
  readonly verification: Verification | null;
}

const noOperations: Operations = {
  probes: { answer: () => false },
  observe: () => '',
  findOptionalDatabase: () => null,
  accounts: null,
  site: siteFactsOf(parseEnv({})),
  verification: null,
};

type AstroHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  next?: (error?: unknown) => void,
  locals?: PageLocals,
) => void;

/** The product's HTTP server: built files from `dist` (precompressed), everything else through Astro. */
export async function createSiteServer(
  dist: string,
  isolated: IsolatedPages = noIsolatedPages,
  operations = noOperations,
): Promise<Server> {
  const { handler } = (await import(path.resolve(dist, 'server/entry.mjs'))) as {
    handler: AstroHandler;
  };
  const serveFile = sirv(path.resolve(dist, 'client'), { etag: true, brotli: true, gzip: true });
  const answer = (
    request: IncomingMessage,
    response: ServerResponse,
    pathname: string,
    requestId: string,
  ): void => {
    const headers = headersFor(pathname, request.headers.host ?? '', isolated);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (operations.probes.answer(pathname, request, response)) return;
    if (pathname === webContainerPath) return answerJson(response, { enabled: isolated.size > 0 });
    const database = operations.findOptionalDatabase();
    const entry = admit(operations.accounts, request, response, database);
    if (entry === 'answered') return;
    const { site, verification } = operations;
    const locals = { database, requestId, site, verification, ...entry };
    serveFile(request, response, () => handler(request, response, undefined, locals));
  };
  const server = createServer((request, response) => {
    const pathname = pathOf(request);
    const requestId = operations.observe(request, response, pathname ?? '/');
    if (pathname === null) return refuse(response, noAddress);
    const fault = findBodyFault(request, pathname);
    if (fault) return refuse(response, fault);
    logAs(requestId, () => answer(request, response, pathname, requestId));
  });
  // Longer than proxies and browsers keep an idle connection: whoever closes it first must not be this
  // side, or a request that is on its way meets a closed one.
  server.keepAliveTimeout = 75_000;
  return server;
}

/** Null for an address that is none, such as `//`, and for one with a NUL, which PostgreSQL takes in no text. */
function pathOf({ url = '/' }: IncomingMessage): string | null {
  const base = 'http://localhost';
  return url.startsWith('/') &&
    !url.includes('%00') &&
    URL.canParse(url, base) &&
    new URL(url, base).origin === base
    ? new URL(url, base).pathname
    : null;
}

const noAddress = { status: 400, text: 'This is not an address of this site.\n' };

/** The connection is closed: what is still to come of a body is not read. */
function refuse(
  response: ServerResponse,
  { status, text }: { status: number; text: string },
): void {
  response.statusCode = status;
  response.setHeader('Connection', 'close');
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.end(text);
}

/** What accounts add to a page's locals, unless they refused or answered the request themselves. */
function admit(
  accounts: Accounts | null,
  request: IncomingMessage,
  response: ServerResponse,
  database: Database | null,
): 'answered' | { readonly visit?: Visit | null } {
  if (!accounts) return {};
  if (accounts.refuse(request, response)) return 'answered';
  const visit = accounts.visit(request, database);
  return accounts.answer(request, response, visit) ? 'answered' : { visit };
}

function answerJson(response: ServerResponse, value: unknown): void {
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(value));
}
