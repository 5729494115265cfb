await new Promise(() => undefined);
export default { fetch: () => new Response('never') };
