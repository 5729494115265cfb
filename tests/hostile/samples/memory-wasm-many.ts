const hoard: WebAssembly.Memory[] = [];

export default {
  fetch(): Response {
    for (;;) hoard.push(new WebAssembly.Memory({ initial: 1024 }));
  },
};
