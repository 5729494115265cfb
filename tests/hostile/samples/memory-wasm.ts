const hoard: WebAssembly.Memory[] = [];

export default {
  fetch(): Response {
    const memory = new WebAssembly.Memory({ initial: 1 });
    hoard.push(memory);
    for (;;) {
      memory.grow(256);
      new Uint8Array(memory.buffer).fill(1);
    }
  },
};
