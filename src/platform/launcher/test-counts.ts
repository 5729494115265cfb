import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** What the test runners wrote of their tests. */
export interface TestCounts {
  readonly passed: number;
  /** Name and first lines of the reason of each. */
  readonly failed: readonly string[];
  /** Of those that passed only when they were tried again: the name and why not at once. */
  readonly unsteady: readonly string[];
}

const REASON_LINES = 12;

/** The unit tests' results. A file that could not be run counts as one failed test. */
export async function readUnitCounts(path: string): Promise<TestCounts> {
  const results = await readResults<VitestResults>(path);
  if (!results) return { passed: 0, failed: [unwritten(path)], unsteady: [] };
  const { numPassedTests, testResults } = results;
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed');
    if (status === 'failed' && tests.length === 0) return [describe(name, '', message)];
    return tests.map((test) => describe(name, test.fullName, test.failureMessages.join('\n')));
  });
  return { passed: numPassedTests, failed, unsteady: [] };
}

/** The browser tests' results. */
export async function readBrowserCounts(path: string): Promise<TestCounts> {
  const results = await readResults<PlaywrightResults>(path);
  if (!results) return { passed: 0, failed: [unwritten(path)], unsteady: [] };
  const { stats, suites, errors } = results;
  const specs = suites.flatMap(listSpecs);
  return {
    passed: stats.expected + stats.flaky,
    failed: [
      ...specs.filter(({ ok }) => !ok).map(describeSpec),
      ...errors.map(({ message }) => describe(path, '', message ?? '')),
    ],
    unsteady: specs.filter(isUnsteady).map(describeSpec),
  };
}

interface VitestResults {
  readonly numPassedTests: number;
  readonly testResults: readonly {
    readonly name: string;
    readonly status: string;
    readonly message: string;
    readonly assertionResults: readonly {
      readonly status: string;
      readonly fullName: string;
      readonly failureMessages: readonly string[];
    }[];
  }[];
}

interface PlaywrightResults {
  readonly stats: { readonly expected: number; readonly flaky: number };
  readonly suites: readonly PlaywrightSuite[];
  readonly errors: readonly { readonly message?: string }[];
}

interface PlaywrightSuite {
  readonly suites?: readonly PlaywrightSuite[];
  readonly specs: readonly PlaywrightSpec[];
}

interface PlaywrightSpec {
  readonly file: string;
  readonly title: string;
  readonly ok: boolean;
  readonly tests: readonly {
    readonly status: 'skipped' | 'expected' | 'unexpected' | 'flaky';
    readonly results: readonly { readonly error?: { readonly message?: string } }[];
  }[];
}

/** Null where the runner was killed before it wrote them. */
async function readResults<T>(path: string): Promise<T | null> {
  if (!existsSync(path)) return null;
  return JSON.parse(await readFile(path, 'utf8')) as T;
}

function unwritten(path: string): string {
  return `${path} was not written: the runner ended before its last test. A test that hangs is the usual reason.`;
}

function listSpecs({ suites = [], specs }: PlaywrightSuite): PlaywrightSpec[] {
  return [...specs, ...suites.flatMap(listSpecs)];
}

function isUnsteady({ tests }: PlaywrightSpec): boolean {
  return tests.some(({ status }) => status === 'flaky');
}

function describeSpec({ file, title, tests }: PlaywrightSpec): string {
  const reasons = tests.flatMap(({ results }) => results.map(({ error }) => error?.message));
  return describe(file, title, reasons.find((reason) => reason !== undefined) ?? '');
}

function describe(file: string, test: string, reason: string): string {
  const lines = reason.split('\n').slice(0, REASON_LINES);
  return [`${file}${test ? ` › ${test}` : ''}`, ...lines.map((line) => `    ${line}`)].join('\n');
}
