import { execFile } from 'node:child_process';
import { setPriority } from 'node:os';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { writeFile } from 'node:fs/promises';
import { GradingBrowser } from '#labs/grading-browser.ts';
import { findChromium } from '#platform/chromium.ts';
import { gradeOrderSchema, type GradeAnswer, type GradeOrder } from './grade-messages.ts';
import { openConfinedSite } from '#platform/confined-site.ts';

/** Serving people goes first: a thread of theirs gets ten times as much as one of these. */
const LOW = 10;
const RESOLUTION_MS = 20;

setPriority(LOW);
// Where memory runs out, the kernel is to end this and not the server.
await writeFile('/proc/self/oom_score_adj', '1000').catch(() => {});
const [line] = await readLine();
// Whoever started this process is gone: the browser must not stay behind.
process.stdin.on('end', () => process.exit(1)).resume();
const answer = await grade(gradeOrderSchema.parse(JSON.parse(line))).catch(
  (error: unknown): GradeAnswer => ({
    kind: 'failed',
    reason: 'The browser that grades had trouble.',
    detail: error instanceof Error ? error.message : String(error),
  }),
);
process.stdout.write(`${JSON.stringify(answer)}\n`, () => process.exit(0));

async function grade({ lab, files, seed, limitMs, dist }: GradeOrder): Promise<GradeAnswer> {
  const site = await openConfinedSite(dist);
  const userAgent = await describePlainly();
  const openBrowser = (...more: readonly string[]) =>
    new GradingBrowser(site.url, {
      args: [...confine(site.url), ...more],
      env: process.env as Record<string, string>,
      userAgent,
    });
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const gradeIn = async (browser: GradingBrowser) => {
    const verdict = await browser.grade({ lab, files }, seed, limitMs);
    await browser.close();
    return verdict;
  };
  const verdict = await gradeIn(openBrowser()).catch((error: unknown) => {
    // Where the system lets nobody make namespaces, as in many containers.
    if (!String(error).includes('No usable sandbox')) throw error;
    return gradeIn(openBrowser('--no-sandbox'));
  });
  const lateMs = Math.max(0, delays.percentile(99) / 1e6 - RESOLUTION_MS);
  return { kind: 'graded', verdict, lateMs, refused: [...site.refused] };
}

/** Everything, also addresses of this machine, goes to the site as to a proxy, which answers for itself alone. */
function confine(siteUrl: string): readonly string[] {
  return [
    `--proxy-server=${siteUrl}`,
    '--proxy-bypass-list=<-loopback>',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
    '--disable-features=AutofillServerCommunication,OptimizationHints,MediaRouter',
  ];
}

/** As a browser with a window says it, so that a learner's code cannot tell this one from its own. */
async function describePlainly(): Promise<string> {
  const { stdout } = await promisify(execFile)(findChromium(), ['--version']);
  const major = /(\d+)\.\d/.exec(stdout)?.[1] ?? '150';
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

async function readLine(): Promise<[string]> {
  for await (const line of createInterface(process.stdin)) return [line];
  throw new Error('There is nothing to grade on the standard input.');
}
