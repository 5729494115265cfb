const hoard: ArrayBuffer[] = [];

export default {
  fetch(): Response {
    for (;;) hoard.push(new ArrayBuffer(32 * 1024 * 1024));
  },
};
