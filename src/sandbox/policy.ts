/** Path of the sandbox document; the page's `frame-src` must name it and nothing else. */
export const sandboxPath = '/sandbox/frame.html';

/** Hash of the document's one script. A test and the build both compare it with broker.ts as bundled. */
export const brokerHash = 'sha256-7d4ftIV7DWxl5vVrNfMD+GC/RTLftnvR7l6Ljar6F6s=';

const directives = [
  "default-src 'none'",
  `script-src '${brokerHash}' blob: data: 'wasm-unsafe-eval'`,
  'worker-src blob: data:',
  "connect-src 'none'",
  "img-src 'none'",
  "frame-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
];

/** The Content-Security-Policy header of the sandbox document. */
export function sandboxPolicy(): string {
  return ['sandbox allow-scripts', ...directives, "frame-ancestors 'self'"].join('; ');
}

/** The same for a meta element, which may not carry `sandbox` and `frame-ancestors`: for hosts that send no headers. */
export function sandboxMetaPolicy(): string {
  return directives.join('; ');
}
