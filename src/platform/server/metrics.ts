import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { collectVerifications } from '#submissions/collect-verifications.ts';
import type { KeptDatabase } from '../database/keep.ts';
import type { RouteClass } from './route-class.ts';

export interface Metrics {
  observe(routeClass: RouteClass, status: number, seconds: number): void;
  readonly contentType: string;
  /** Prometheus text. */
  write(): Promise<string>;
}

const BUCKETS = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10];

/** Counts requests and reads the figures of the connection pool and of the process. */
export function createMetrics(database: KeptDatabase | null): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'day2_http_requests_total',
    help: 'Requests answered, by class of route and status.',
    labelNames: ['class', 'status'],
    registers,
  });
  const durations = new Histogram({
    name: 'day2_http_request_duration_seconds',
    help: 'From the first byte of the request to the end of the answer.',
    labelNames: ['class'],
    buckets: BUCKETS,
    registers,
  });
  if (database) {
    addPool(database, registry);
    collectVerifications(() => database.current(), registry);
  }
  return {
    observe: (routeClass, status, seconds) => {
      requests.inc({ class: routeClass, status: String(status) });
      durations.observe({ class: routeClass }, seconds);
    },
    contentType: registry.contentType,
    write: () => registry.metrics(),
  };
}

function addPool(database: KeptDatabase, registry: Registry): void {
  new Gauge({
    name: 'day2_database_connections',
    help: 'Connections of this node to the database.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      const pool = database.current()?.pool;
      this.set({ state: 'idle' }, pool?.idleCount ?? 0);
      this.set({ state: 'busy' }, pool ? pool.totalCount - pool.idleCount : 0);
    },
  });
  new Gauge({
    name: 'day2_database_waiting',
    help: 'Queries that wait for a connection.',
    registers: [registry],
    collect() {
      this.set(database.current()?.pool.waitingCount ?? 0);
    },
  });
  new Gauge({
    name: 'day2_database_up',
    help: '1 where the database answers a query and its migrations are applied.',
    registers: [registry],
    async collect() {
      this.set((await database.findFault()) === null ? 1 : 0);
    },
  });
}
