export default {
  fetch(): Response {
    setTimeout(() => {
      throw new Error('nobody catches this');
    }, 10);
    return new Response('for now');
  },
};
