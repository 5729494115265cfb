/**
 * Milliseconds until a boot counts as unanswered: without network it never settles. Whoever waits is told
 * within 8 s, and what comes before the boot takes a part of them.
 */
export const BOOT_LIMIT_MS = 7000;

/** Why a lab gets no Node of its own. */
export type NodeUnavailableReason = 'off' | 'not-isolated' | 'no-answer' | 'refused' | 'in-use';

/** There is no WebContainer; `message` says why in a sentence, `repair` what can be done. */
export class NodeUnavailable extends Error {
  readonly reason: NodeUnavailableReason;
  readonly repair: string;

  constructor(reason: NodeUnavailableReason, limitMs = BOOT_LIMIT_MS, options: ErrorOptions = {}) {
    const [message, repair] = explanations[reason](limitMs / 1000, describe(options.cause));
    super(message, options);
    this.name = 'NodeUnavailable';
    this.reason = reason;
    this.repair = repair;
  }
}

const explanations: Record<
  NodeUnavailableReason,
  (seconds: number, cause: string) => [message: string, repair: string]
> = {
  off: () => [
    'Whoever hosts this site has not switched WebContainer on.',
    'Nothing is missing: the lab can be solved without it.',
  ],
  'not-isolated': () => [
    'This page is not cross-origin isolated, which WebContainer needs.',
    'Open the lab on its own page. If it is, the server or a proxy dropped the headers Cross-Origin-Opener-Policy and Cross-Origin-Embedder-Policy; docs/hosting.md names them.',
  ],
  'no-answer': (seconds) => [
    `WebContainer did not answer within ${seconds} s: there is no network, or stackblitz.com is blocked here.`,
    'Reload the page to try again once there is network; your files stay as they are.',
  ],
  refused: (_seconds, cause) => [
    `The browser or the service refused WebContainer: ${cause}`,
    'Allow third-party cookies and storage for stackblitz.com, switch off extensions that block it, and reload the page.',
  ],
  'in-use': () => [
    'Another lab in this tab still uses the WebContainer; there is one a tab.',
    'Close the other lab and open this one again.',
  ],
};

function describe(cause: unknown): string {
  const text = cause instanceof Error ? cause.message : 'no reason given';
  return text.endsWith('.') ? text : `${text}.`;
}
