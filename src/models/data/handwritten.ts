import type { TriageClass } from './classes.ts';

/**
 * Lines written by a person before the first template existed, and never used for training or for choosing anything.
 * They are what the templates are not: other words, other habits, other formats.
 */
export const HANDWRITTEN: readonly (readonly [TriageClass, string])[] = [
  [
    'access',
    'browser says NET::ERR_CERT_DATE_INVALID on the intranet wiki, started at midnight, nobody touched it',
  ],
  [
    'access',
    'since I moved teams I get "You do not have permission to view this dashboard", could someone add me back?',
  ],
  [
    'access',
    'Error from server (Forbidden): pods is forbidden: User "ci-bot" cannot list resource "pods" in API group "" in the namespace "prod"',
  ],
  [
    'access',
    'sshd[2211]: Failed publickey for deploy from 10.4.1.9 port 50122 ssh2: RSA SHA256:9s1k',
  ],
  [
    'access',
    'javax.net.ssl.SSLHandshakeException: PKIX path building failed: unable to find valid certification path to requested target',
  ],
  ['access', 'After the IdP upgrade all our users are bounced back to the login page in a loop'],
  [
    'capacity',
    'Memory cgroup out of memory: Killed process 31337 (python3) total-vm:18874368kB, anon-rss:16500212kB',
  ],
  [
    'capacity',
    '0/14 nodes are available: 6 Insufficient nvidia.com/gpu, 8 node(s) had untolerated taint',
  ],
  [
    'capacity',
    'torch.cuda.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB (GPU 0; 23.69 GiB total capacity)',
  ],
  [
    'capacity',
    'checkout pods are at their CPU limit and throttled 70% of the time during the lunch peak, autoscaler already at max',
  ],
  [
    'capacity',
    'HTTP 429 from our own inference gateway, requests queue for 40 seconds before a slot frees up',
  ],
  [
    'capacity',
    'We hit the regional vCPU quota again, the new node group cannot grow beyond 12 machines',
  ],
  [
    'database',
    'ERROR: deadlock detected DETAIL: Process 4711 waits for ShareLock on transaction 88123; blocked by process 4712',
  ],
  ['database', 'FATAL: sorry, too many clients already'],
  [
    'database',
    'The nightly report query went from 3 seconds to 9 minutes after the statistics were refreshed, looks like a bad plan',
  ],
  [
    'database',
    "replica is 40 minutes behind the primary and still falling back, reads show yesterday's orders",
  ],
  ['database', 'InnoDB: Lock wait timeout exceeded; try restarting transaction on table orders'],
  [
    'database',
    'autovacuum has not finished on the events table for three days and bloat is huge, wraparound warning appeared',
  ],
  [
    'deploy',
    'Back-off restarting failed container api in pod api-7d9c5b9f6-x2kq8: started crashing right after v2.31 went out',
  ],
  ['deploy', 'Failed to pull image "registry.corp/web:1.9.2": manifest unknown'],
  ['deploy', 'helm upgrade failed: another operation (install/upgrade/rollback) is in progress'],
  [
    'deploy',
    'someone merged a typo in values.yaml and now the worker reads REDIS_HOTS instead of REDIS_HOST',
  ],
  ['deploy', 'ProgressDeadlineExceeded: ReplicaSet "search-6f" has timed out progressing'],
  [
    'deploy',
    "please roll back last night's release, the new feature toggle turned the cart off for everybody in Germany",
  ],
  ['hardware', 'NVRM: Xid (PCI:0000:3b:00): 79, pid=1822, GPU has fallen off the bus.'],
  ['hardware', 'EDAC MC0: 1 CE memory read error on CPU_SrcID#0_Ha#0_Chan#1_DIMM#0'],
  ['hardware', 'smartd: Device: /dev/sdc [SAT], 24 Currently unreadable (pending) sectors'],
  ['hardware', 'rack 12 U7 has an amber light and the iDRAC says PSU 2 lost input'],
  ['hardware', 'gpu temp 94C and clocks dropped to 600 MHz, fan 3 reads zero rpm'],
  ['hardware', 'mce: [Hardware Error]: Machine check events logged, CPU 17 bank 5'],
  [
    'model-quality',
    'the support bot told a customer we offer a lifetime warranty, we have never offered that',
  ],
  [
    'model-quality',
    'precision of the fraud detector fell from 0.91 to 0.74 this month although latency and error rates look fine',
  ],
  ['model-quality', 'population stability index 0.34 on feature basket_value, threshold 0.2'],
  [
    'model-quality',
    'Since the embedding model was swapped the search returns unrelated documents for nearly every query',
  ],
  ['model-quality', 'summaries come back in Spanish for English tickets about one time in ten'],
  [
    'model-quality',
    'every single prediction for the last hour is class 0 with confidence 0.99, upstream sends the age column as null',
  ],
  ['network', 'curl: (6) Could not resolve host: payments.internal.example'],
  ['network', 'dial tcp 10.96.0.10:53: i/o timeout'],
  [
    'network',
    'nginx: 2026/03/02 11:22:01 [error] 29#29: *881 connect() failed (113: No route to host) while connecting to upstream',
  ],
  [
    'network',
    'people in the Madrid office lose the VPN every few minutes, ping shows 20% loss to the gateway',
  ],
  ['network', 'large responses hang but small ones work, smells like MTU on the new tunnel'],
  ['network', 'BGP session to 169.254.10.1 went down, hold timer expired'],
  ['storage', 'write error: No space left on device'],
  ['storage', 'MountVolume.SetUp failed for volume "pvc-0b2e": mount failed: exit status 32'],
  ['storage', "last night's backup of the file server is 0 bytes and the one before it too"],
  [
    'storage',
    'EXT4-fs error (device sdb1): ext4_find_entry:1455: inode #2: comm ls: reading directory lblock 0',
  ],
  [
    'storage',
    'S3 upload of checkpoints keeps failing with SlowDown, please reduce your request rate',
  ],
  [
    'storage',
    'NFS share hangs, df never returns and everything touching /srv/shared is in D state',
  ],
];
