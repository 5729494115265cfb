export default {
  fetch(): Response {
    void Promise.reject(new Error('nobody awaits this'));
    return new Response('for now');
  },
};
