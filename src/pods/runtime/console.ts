import type { PodMessage } from '../control/messages.ts';
import { LogRate, logLimits } from '../control/log-rate.ts';
import { format } from './format.ts';

type Level = Extract<PodMessage, { t: 'log' }>['level'];

const LEVELS: Readonly<Record<string, Level>> = {
  debug: 'debug',
  trace: 'debug',
  log: 'info',
  info: 'info',
  dir: 'info',
  table: 'info',
  group: 'info',
  groupCollapsed: 'info',
  warn: 'warn',
  error: 'error',
};

/** Dropped lines are told of after this, in case no later line does. */
const REPORT_MS = 1000;

/** Replaces `console` so that every call becomes a log line; gives the same for the runtime's own lines. */
export function installConsole(
  tell: (message: PodMessage) => void,
): (level: Level, text: string) => void {
  const rate = new LogRate(logLimits, () => performance.now());
  let reporter: ReturnType<typeof setTimeout> | null = null;
  const report = (): void => {
    reporter = null;
    const lines = rate.takeDropped();
    if (lines > 0) tell({ t: 'dropped', lines });
  };
  const log = (level: Level, text: string): void => {
    const line = rate.admit(text);
    if (line) tell({ t: 'log', level, ...line });
    else reporter ??= setTimeout(report, REPORT_MS);
  };
  const methods = Object.entries(LEVELS).map(([name, level]) => [
    name,
    (...values: readonly unknown[]) => {
      log(level, format(values));
    },
  ]);
  const console = {
    ...timers(log),
    ...Object.fromEntries(methods),
    assert: (isTrue: unknown, ...values: readonly unknown[]) => {
      if (!isTrue) log('error', format(['Assertion failed:', ...values]));
    },
    groupEnd: () => undefined,
  };
  Object.defineProperty(globalThis, 'console', {
    value: console,
    writable: true,
    configurable: true,
  });
  return log;
}

function timers(log: (level: Level, text: string) => void) {
  const started = new Map<string, number>();
  const report = (label = 'default'): void => {
    const at = started.get(label);
    if (at === undefined) log('warn', `Timer '${label}' does not exist`);
    else log('info', `${label}: ${(performance.now() - at).toFixed(3)}ms`);
  };
  return {
    time: (label = 'default') => {
      started.set(label, performance.now());
    },
    timeLog: report,
    timeEnd: (label = 'default') => {
      report(label);
      started.delete(label);
    },
  };
}
