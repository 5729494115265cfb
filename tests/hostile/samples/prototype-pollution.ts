const everything = [Object, Array, Map, Promise, Response, Headers, Uint8Array, String, Function];
for (const one of everything) (one.prototype as unknown as Record<string, unknown>)['polluted'] = 'yes';
JSON.stringify = () => '{"status":"pass"}';
Object.defineProperty(Response.prototype, 'status', { get: () => 299 });

export default {
  fetch: () =>
    new Response('{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}', {
      headers: { 'content-type': 'application/json' },
    }),
};
