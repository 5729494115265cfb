import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem } from '#platform/problem.ts';
import { labSchema } from '../definition.ts';
import { lintLabs } from '../lint-labs.ts';
import { oneForEachCheck, readAnswers, selectLabs, type Answer } from './answers.ts';
import { GradingBrowser } from '../grading-browser.ts';
import { judge, type Finding } from './judge.ts';
import { openSite } from './site.ts';
import { formatSurprises, formatTable, isAllRight, type Tally } from './tally.ts';

const usage = `npm run labs:verify -- [lab] [--brief] [--answer NAME] [--seeds N] [--first-seed N]
  lab            id or its beginning (l06); all labs by default
  --brief        start, solution and one wrong answer for each check
  --answer NAME  only start, solution or wrong/<name>
  --seeds N      grades of each answer, 20 by default
  --first-seed N 1 by default; run a surprise again with its seed and --seeds 1
DAY2_URL=http://... grades on a running site.`;
/** A machine that was too busy for one grade may be so for the next; a third says something about the lab. */
const MOST_ATTEMPTS = 3;

process.exitCode = await verify();

async function verify(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      seeds: { type: 'string', default: '20' },
      'first-seed': { type: 'string', default: '1' },
      answer: { type: 'string' },
      brief: { type: 'boolean', default: false },
      help: { type: 'boolean' },
    },
  });
  const seeds = Number(values.seeds);
  const firstSeed = Number(values['first-seed']);
  if (values.help || !(seeds >= 1) || !(firstSeed >= 0)) {
    console.log(usage);
    return values.help ? 0 : 2;
  }
  const problems = await lintLabs('labs');
  for (const problem of problems) console.error(formatProblem(problem));
  if (problems.length > 0) return 1;
  const labs = await selectLabs(positionals[0] ?? null);
  const all = (await Promise.all(labs.map(readAnswers))).flat();
  const answers = values.brief ? oneForEachCheck(all) : all;
  const wanted = answers.filter(
    ({ name }) => values.answer === undefined || name === values.answer,
  );
  return gradeAll(
    wanted,
    Array.from({ length: seeds }, (_, index) => firstSeed + index),
  );
}

async function gradeAll(answers: readonly Answer[], seeds: readonly number[]): Promise<number> {
  const site = await openSite();
  const browser = new GradingBrowser(site.url);
  const tallies: Tally[] = [];
  try {
    for (const answer of answers) {
      await expectAnswering(site.url);
      const tally = await gradeAnswer(browser, answer, seeds);
      tallies.push(tally);
      console.log(formatTable([tally]).split('\n')[1]);
    }
  } finally {
    await browser.close();
    site.close();
  }
  console.log(`\n${formatTable(tallies)}\n`);
  const surprises = formatSurprises(tallies);
  if (surprises) console.error(surprises);
  return isAllRight(tallies) ? 0 : 1;
}

/** Throws when nobody serves the site any more: every further grade would only say so. */
async function expectAnswering(url: string): Promise<void> {
  await fetch(url, { method: 'HEAD' }).catch((cause: unknown) => {
    throw new Error(`The site at ${url} does not answer; start it again and repeat.`, { cause });
  });
}

async function gradeAnswer(
  browser: GradingBrowser,
  answer: Answer,
  seeds: readonly number[],
): Promise<Tally> {
  const limitMs = await readLimit(answer.lab);
  const graded: Tally['graded'][number][] = [];
  for (const seed of seeds)
    graded.push({ seed, ...(await gradePatiently(browser, answer, seed, limitMs)) });
  return { answer, graded };
}

/** Grades until there is a verdict on the files, as a learner does who is told that the machine was too busy. */
async function gradePatiently(
  browser: GradingBrowser,
  answer: Answer,
  seed: number,
  limitMs: number,
) {
  for (let attempt = 1; ; attempt += 1) {
    const graded = await gradeOnce(browser, answer, seed, limitMs);
    if (graded.finding.kind !== 'errored' || attempt === MOST_ATTEMPTS) return graded;
    console.error(
      `${answer.lab} ${answer.name}, seed ${seed}: ${graded.finding.found} Trying once more.`,
    );
  }
}

async function gradeOnce(browser: GradingBrowser, answer: Answer, seed: number, limitMs: number) {
  const startedAt = performance.now();
  const finding = await browser.grade(answer, seed, limitMs).then(
    (verdict) => judge(answer, verdict),
    (error: unknown): Finding => ({
      kind: 'errored',
      found: String(error instanceof Error ? error.message : error),
    }),
  );
  return { finding, seconds: (performance.now() - startedAt) / 1000 };
}

async function readLimit(lab: string): Promise<number> {
  const text = await readFile(path.join('labs', lab, 'lab.json'), 'utf8');
  return labSchema.parse(JSON.parse(text)).timeLimitSeconds * 1000;
}
