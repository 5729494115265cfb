import type { Random } from '../random.ts';

/** What may stand in the slot `<svc>`. */
export const SERVICES: readonly string[] =
  'checkout billing search catalog gateway auth-proxy ledger recommender notifier orders inventory payments-api frontend profile scheduler ingest media-resizer feature-store ranking report-builder chat-backend vector-search pricing shipping session-store mailer exporter crawler transcoder labeler'.split(
    ' ',
  );
const TEAMS =
  'payments platform search data-science sre growth logistics identity mobile core ml-serving risk'.split(
    ' ',
  );
const NAMESPACES =
  'prod staging payments shop ml-serving data-platform internal tools team-a edge monitoring batch'.split(
    ' ',
  );
const USERS =
  'anna jmeier svc-backup priya tomasz ci-runner olu.adeyemi hana root deploy kwame lucia gitlab dbadmin chen.wei'.split(
    ' ',
  );
const DOMAINS =
  'example.com corp.example internal.example svc.cluster.local example.net shop.example'.split(' ');
const REGIONS =
  'eu-west-1 us-east-2 fra1 ap-south-1 madrid dublin eu-central-1 zone-b sao-paulo dc2'.split(' ');
const TABLES =
  'orders users events invoices sessions audit_log shipments line_items payments documents carts tickets'.split(
    ' ',
  );
const COLUMNS =
  'customer_id created_at status amount email basket_value country device tenant retries region score category age label'.split(
    ' ',
  );
const DATABASES =
  'orders_db postgres-main users mysql-07 pg-billing warehouse mongo-eu catalogdb app_production'.split(
    ' ',
  );
const MODELS =
  'fraud-detector support-bot churn-v3 ranker price-forecast summariser llama-8b intent-classifier embedder reco-v2 moderation qa-assistant'.split(
    ' ',
  );
const ENVIRONMENT =
  'DATABASE_URL API_BASE REDIS_HOST LOG_LEVEL FEATURE_FILE PAYMENT_ENDPOINT MODEL_PATH QUEUE_NAME'.split(
    ' ',
  );
const DEVICES = '/dev/sda /dev/sdb /dev/nvme0n1 /dev/nvme3n1 /dev/sdf nvme1 /dev/sdk'.split(' ');
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

type Fill = (random: Random) => string;

const digits = (value: number, width: number): string => String(value).padStart(width, '0');
const hex = (random: Random, width: number): string =>
  Array.from({ length: width }, () => '0123456789abcdef'[random.below(16)]).join('');
const clock: Fill = (r) => `${digits(r.below(24), 2)}:${digits(r.below(60), 2)}`;
const seconds: Fill = (r) => `${clock(r)}:${digits(r.below(60), 2)}`;
const day: Fill = (r) => `2026-${digits(1 + r.below(12), 2)}-${digits(1 + r.below(28), 2)}`;
const node: Fill = (r) =>
  r.pick([
    `node-${r.below(60)}`,
    `gpu-${digits(r.below(40), 2)}`,
    `worker${r.below(20)}`,
    `ip-10-0-${r.below(255)}-${r.below(255)}`,
    `srv-${r.pick(['fra', 'dub', 'mad'])}-${r.below(90)}`,
  ]);
const host: Fill = (r) => `${r.pick(SERVICES)}.${r.pick(DOMAINS)}`;
const service: Fill = (r) => r.pick(SERVICES);
const region: Fill = (r) => r.pick(REGIONS);
const small: Fill = (r) => String(r.chance(0.6) ? 1 + r.below(9) : 10 + r.below(490));

/** What may stand in each slot; no value belongs to one class only. */
export const SLOTS: Readonly<Record<string, Fill>> = {
  svc: service,
  svc2: service,
  ns: (r) => r.pick(NAMESPACES),
  team: (r) => r.pick(TEAMS),
  user: (r) => r.pick(USERS),
  node,
  pod: (r) => `${r.pick(SERVICES)}-${hex(r, 5)}-${hex(r, 5)}`,
  host,
  host2: host,
  ip: (r) =>
    `${r.pick(['10.0', '10.96', '10.244', '172.16', '192.168'])}.${r.below(255)}.${r.below(255)}`,
  port: (r) =>
    String(r.pick([80, 443, 3000, 5432, 6379, 8080, 8443, 9092, 50051, 30000 + r.below(9999)])),
  region,
  region2: region,
  db: (r) => r.pick(DATABASES),
  table: (r) => r.pick(TABLES),
  column: (r) => r.pick(COLUMNS),
  model: (r) => r.pick(MODELS),
  env: (r) => r.pick(ENVIRONMENT),
  ver: (r) => `${r.pick(['v', '', ''])}${r.below(9)}.${r.below(40)}.${r.below(12)}`,
  ms: (r) => String(200 + r.below(29800)),
  pct: (r) => String(2 + r.below(97)),
  n: small,
  big: (r) => String(1000 + r.below(9_000_000)),
  gib: (r) => r.pick(['1.5', '2', '4', '7.6', '8', '12', '16', '24', '31.2', '40', '64', '80']),
  dur: (r) => `${1 + r.below(58)} ${r.pick(['minutes', 'hours', 'seconds', 'days'])}`,
  score: (r) => `0.${digits(r.below(100), 2)}`,
  temp: (r) => String(38 + r.below(68)),
  rack: (r) => `${r.pick(['A', 'B', 'C', 'R'])}${1 + r.below(24)}`,
  slot: (r) => `${r.pick(['A', 'B', 'C'])}${1 + r.below(8)}`,
  dev: (r) => r.pick(DEVICES),
  devs: (r) => r.pick(['sda1', 'sdb2', 'dm-3', 'nvme0n1p1', 'vdb', 'md0']),
  hex: (r) => hex(r, r.pick([8, 10, 12, 16])),
  hexs: (r) => hex(r, 2),
  module: () => '<module>',
  clock,
  ts: (r) => `${day(r)} ${seconds(r)}.${digits(r.below(1000), 3)}`,
  iso: (r) => `${day(r)}T${seconds(r)}Z`,
  clf: (r) => `${digits(1 + r.below(28), 2)}/${r.pick(MONTHS)}/2026:${seconds(r)} +0000`,
  clf2: (r) => `${day(r).replaceAll('-', '/')} ${seconds(r)}`,
  klog: (r) =>
    `${digits(1 + r.below(12), 2)}${digits(1 + r.below(28), 2)} ${seconds(r)}.${digits(r.below(1_000_000), 6)}       1`,
  syslog: (r) => `${r.pick(MONTHS)} ${digits(1 + r.below(28), 2)} ${seconds(r)}`,
};
