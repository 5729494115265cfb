/*
 * Read only. Runs a package where it can do no harm and writes down what it tries. This pod has no
 * network but the cluster's; in your own pipeline this is a container without a route to anywhere.
 */

const SAMPLES = ['Disk full on node-7', 'a,b,c', '1234.5', ''];

/** Imports a package's index.js, calls its default export a few times, and returns every URL it called. */
export async function observe(code: string): Promise<string[]> {
  const called: string[] = [];
  const scope = globalThis as unknown as { fetch: unknown; process?: unknown };
  const { fetch, process } = scope;
  scope.fetch = async (input: unknown) => {
    called.push(String(input));
    return new Response('');
  };
  // As on a build server: much malware sleeps until it finds itself on one.
  scope.process = { env: { CI: 'true', NPM_TOKEN: 'canary-' + crypto.randomUUID() } };
  try {
    const unique = `${code}\n// ${crypto.randomUUID()}`;
    const module = await import(`data:text/javascript,${encodeURIComponent(unique)}`);
    for (const sample of SAMPLES) await module.default(sample);
    await new Promise((resolve) => setTimeout(resolve));
  } finally {
    scope.fetch = fetch;
    scope.process = process;
  }
  return called;
}
