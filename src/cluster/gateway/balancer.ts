import type { Endpoint } from './endpoints.ts';

/** Picks the endpoint of each request; a lab may bring its own policy. */
export interface Balancer {
  /** `service` is `namespace/name:port`; `endpoints` are all ready and never empty. */
  pick(service: string, endpoints: readonly Endpoint[], request: Request): Endpoint;
}

/** Each Service port takes its endpoints in turn. */
export function createRoundRobin(): Balancer {
  const turns = new Map<string, number>();
  return {
    pick: (service, endpoints) => {
      const turn = turns.get(service) ?? 0;
      turns.set(service, turn + 1);
      const endpoint = endpoints[turn % endpoints.length];
      if (!endpoint) throw new Error(`${service}: a balancer needs at least one endpoint.`);
      return endpoint;
    },
  };
}
