/** Without calling a constructor by name: copies of one array through its prototype. */
const hoard: Uint8Array[] = [];

export default {
  fetch(): Response {
    const first = new Uint8Array(32 * 1024 * 1024).fill(1);
    for (;;) hoard.push(first.slice());
  },
};
