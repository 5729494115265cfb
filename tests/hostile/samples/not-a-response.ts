export default { fetch: () => ({ status: 200, body: 'like a response' }) };
