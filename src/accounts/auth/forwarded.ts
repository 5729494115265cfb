import type { IncomingMessage } from 'node:http';

/** What is known of a request's way here. */
export interface Way {
  readonly address: string;
  readonly protocol: 'http' | 'https';
}

/** The client's address and protocol. Forwarded headers are believed only as far as `hops` proxies wrote them. */
export function readWay(request: IncomingMessage, hops: number): Way {
  const peer = request.socket.remoteAddress ?? 'unknown';
  if (hops === 0) return { address: peer, protocol: 'http' };
  const chain = headerOf(request, 'x-forwarded-for')
    .split(',')
    .map((part) => part.trim());
  const protocol = headerOf(request, 'x-forwarded-proto') === 'https' ? 'https' : 'http';
  return { address: chain.at(-hops) || peer, protocol };
}

function headerOf(request: IncomingMessage, name: string): string {
  const value = request.headers[name];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
