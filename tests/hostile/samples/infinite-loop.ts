export default {
  fetch(request: Request): Response {
    if (new URL(request.url).pathname === '/attack') for (;;);
    return new Response('well');
  },
};
