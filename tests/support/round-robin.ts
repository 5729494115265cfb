import { once } from 'node:events';
import { Agent, createServer, request as ask, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A plain proxy: one request to the first node, the next to the second, and so on. */
export interface RoundRobin {
  readonly url: string;
  /** Requests that went to each node so far. */
  readonly counts: readonly number[];
  close(): Promise<void>;
}

/** Opens one on a free port. A node that does not answer is a 502: it retries nothing and remembers nobody. */
export async function openRoundRobin(nodes: readonly string[]): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  const counts = nodes.map(() => 0);
  let next = 0;
  const server = createServer((request, response) => {
    const index = next++ % nodes.length;
    counts[index] = (counts[index] ?? 0) + 1;
    const onward = ask(new URL(request.url ?? '/', nodes[index]), {
      agent,
      method: request.method ?? 'GET',
      headers: forwarded(request),
    });
    onward.once('response', (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
      answer.once('error', () => response.destroy());
    });
    onward.once('error', () => {
      if (!response.headersSent) response.writeHead(502);
      response.end();
    });
    response.once('close', () => onward.destroy());
    request.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    counts,
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** The client's headers, its Host among them, and where it came from. */
function forwarded({ headers, socket }: IncomingMessage) {
  const chain = [headers['x-forwarded-for'], socket.remoteAddress].filter(Boolean).join(', ');
  return { ...headers, 'x-forwarded-for': chain, 'x-forwarded-proto': 'http' };
}
