export default { fetch: () => new Promise<Response>(() => undefined) };
