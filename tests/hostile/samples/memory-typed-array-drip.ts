const hoard: Uint8Array[] = [];

export default {
  fetch(): Response {
    setInterval(() => {
      hoard.push(new Uint8Array(32 * 1024 * 1024).fill(1));
    }, 20);
    return new Response('dripping');
  },
};
