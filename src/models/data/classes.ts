/** What a ticket or a log line is about, named by who is called: the order is the order of the model's outputs. */
export const CLASSES = [
  'access',
  'capacity',
  'database',
  'deploy',
  'hardware',
  'model-quality',
  'network',
  'storage',
] as const;

export type TriageClass = (typeof CLASSES)[number];

/** One sentence per class, as printed in the model card. */
export const CLASS_MEANING: Record<TriageClass, string> = {
  access: 'who may do what: certificates, tokens, keys, sign-in, roles and policies',
  capacity: 'not enough of something that works: memory, CPU, GPU memory, quota, queue, replicas',
  database: 'the database itself: slow queries, locks, replication, connections, migrations',
  deploy: 'a change of ours: rollout, image, configuration, pipeline, chart, feature flag',
  hardware: 'a broken or failing part: GPU, DIMM, drive health, fan, power, cable, optics',
  'model-quality':
    'the model answers, and the answers are wrong: drift, bad features, hallucination, bias',
  network: 'packets and names: DNS, routing, load balancer, MTU, firewall, packet loss',
  storage: 'files, volumes and buckets: full or slow disks, mounts, backups, object storage',
};
