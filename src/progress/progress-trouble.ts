import type { ProgressErrorCode } from './progress-error.ts';
import { ProgressError } from './progress-error.ts';

/** What went wrong with progress, in words for the person, and what they can do. */
export interface ProgressTrouble {
  readonly code: ProgressErrorCode;
  readonly message: string;
  readonly repair: string;
}

const words: Readonly<Record<ProgressErrorCode, readonly [message: string, repair: string]>> = {
  missing: [
    'This browser has no IndexedDB, so nothing that you do here can be kept.',
    'Use a current version of Firefox, Chromium or Safari. You can read everything without it.',
  ],
  refused: [
    'This browser refuses to store anything for this site, so nothing that you do here can be kept.',
    'Leave private browsing, or allow this site to store data (often under cookies), then reload.',
  ],
  quota: [
    'The storage that this browser gives the site is full, so the last change is not stored.',
    'Export your progress now. Then free space on the disk, or delete data of other sites.',
  ],
  blocked: [
    'Another tab of this site holds your progress and does not answer.',
    'Close the other tabs of this site, then reload this one.',
  ],
  newer: [
    'Your progress was written by a newer version of this site than this tab runs.',
    'Reload the page. If that does not help, the server was set back: ask whoever runs it.',
  ],
  forgotten: [
    'Your progress was deleted in another tab, so this tab stores nothing more.',
    'Reload the page to start afresh.',
  ],
  failed: [
    'The browser failed to read or write your progress.',
    'Reload the page. If it fails again, restart the browser and check that the disk is not full.',
  ],
};

/** The words for an error thrown by progress, or null when it is another kind of error. */
export function explainProgressError(error: unknown): ProgressTrouble | null {
  if (!(error instanceof ProgressError)) return null;
  const [message, repair] = words[error.code];
  const said = error.code === 'failed' ? `${message} It said: ${String(error.cause)}.` : message;
  return { code: error.code, message: said, repair };
}
