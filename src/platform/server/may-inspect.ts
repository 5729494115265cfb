import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Env } from '../env.ts';

/** Who may read the server's figures and the reason why it is not ready. */
export type MayInspect = (request: IncomingMessage) => boolean;

type InspectEnv = Pick<Env, 'DAY2_METRICS_TOKEN' | 'DAY2_URL' | 'DAY2_PROXY_HOPS'>;

const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'];

/**
 * Whoever sends `DAY2_METRICS_TOKEN` as a bearer token. Without a token only programs of this machine
 * may, and nobody may where the site says that it is public: a proxy on this machine is one of its
 * programs, and what it passes on need not say so.
 */
export function createMayInspect(env: InspectEnv): MayInspect {
  const { DAY2_METRICS_TOKEN: token } = env;
  if (token) {
    const wanted = digest(`Bearer ${token}`);
    return ({ headers }) => timingSafeEqual(digest(headers.authorization ?? ''), wanted);
  }
  const isPublic = env.DAY2_URL !== undefined || env.DAY2_PROXY_HOPS > 0;
  return (request) => !isPublic && isLocal(request);
}

function isLocal({ socket, headers }: IncomingMessage): boolean {
  const { remoteAddress = '' } = socket;
  const isLoopback = /^(::ffff:)?127\.|^::1$/.test(remoteAddress);
  return isLoopback && forwarding.every((name) => headers[name] === undefined);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
