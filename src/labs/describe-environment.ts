// oxlint-disable-next-line no-restricted-imports -- the product's version stands outside src
import { version } from '../../package.json' with { type: 'json' };

/** What a report says about where it was made: versions and machine, as far as a page may know. */
export function describeEnvironment(): Readonly<Record<string, string>> {
  return {
    'day two': version,
    browser: navigator.userAgent,
    'logical cores': String(navigator.hardwareConcurrency),
    'timer resolution': globalThis.crossOriginIsolated
      ? '0.005 ms or what the browser allows'
      : '0.1 ms or what the browser allows',
  };
}
