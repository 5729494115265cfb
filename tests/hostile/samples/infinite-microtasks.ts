const again = (): Promise<void> => Promise.resolve().then(again);

export default {
  fetch(): Response {
    void again();
    return new Response('never seen');
  },
};
