type Handler = (request: Request) => Response | Promise<Response>;
type Fetch = (request: Request, env: unknown) => Response | Promise<Response>;

/** The image's entry point: `fetch` of its default export. Throws with what was found instead. */
export function findHandler(module: { readonly default?: unknown }, env: object): Handler {
  const entry = module.default;
  if (!hasFetch(entry)) throw new TypeError(`${describe(entry)} ${REPAIR}`);
  return (request) => entry.fetch(request, env);
}

const REPAIR =
  'The module must have a default export with a method fetch(request, env), for example a Hono app: export default app.';

function hasFetch(entry: unknown): entry is { fetch: Fetch } {
  return (
    ((typeof entry === 'object' && entry !== null) || typeof entry === 'function') &&
    'fetch' in entry &&
    typeof entry.fetch === 'function'
  );
}

function describe(entry: unknown): string {
  if (entry === undefined) return 'The module has no default export.';
  return `The module's default export is ${entry === null ? 'null' : `a ${typeof entry}`} without fetch.`;
}
