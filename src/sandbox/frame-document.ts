import { sandboxMetaPolicy } from './policy.ts';

/** The sandbox document's HTML around the bundled broker, which must be exactly what its policy hashes. */
export function frameDocument(broker: string): string {
  return (
    '<!doctype html><html lang="en"><head><meta charset="utf-8">' +
    `<meta http-equiv="Content-Security-Policy" content="${sandboxMetaPolicy()}">` +
    '<title>Day Two sandbox</title></head><body>' +
    `<script type="module">${broker.trim()}</script></body></html>\n`
  );
}
