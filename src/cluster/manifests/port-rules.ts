import type { Path } from '#platform/yaml-document.ts';
import { goPath } from './go-path.ts';
import type { Report } from './report.ts';

const PORT_NAME = /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/;

/** Reports a port number outside 1 to 65535. */
export function checkPort(port: number | undefined, path: Path, report: Report): void {
  if (port === undefined || (port >= 1 && port <= 65535)) return;
  report.error(
    path,
    `${goPath(path)}: Invalid value: ${port}: must be between 1 and 65535, inclusive.`,
    'Write the port that the container listens on, for example 8080.',
  );
}

/** Reports a port that is neither a number from 1 to 65535 nor a port name of at most 15 characters. */
export function checkPortReference(
  port: number | string | undefined,
  path: Path,
  report: Report,
): void {
  if (typeof port !== 'string') {
    checkPort(port, path, report);
    return;
  }
  if (PORT_NAME.test(port)) return;
  const isNumber = /^\d+$/.test(port);
  report.error(
    path,
    `${goPath(path)}: Invalid value: "${port}": must contain at least one letter (a-z), at most 15 characters of a-z, 0-9 and '-'.`,
    isNumber
      ? `Write the number without quotes: ${port}.`
      : 'Use the name of a port of the container, or its number.',
  );
}
