export default {
  fetch(): Response {
    (globalThis as unknown as { close(): void }).close();
    return new Response('closed');
  },
};
