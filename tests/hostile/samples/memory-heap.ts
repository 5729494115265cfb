const hoard: unknown[] = [];

export default {
  fetch(): Response {
    for (let at = 0; ; at += 1) hoard.push({ at, name: `object ${at}`, list: [at, at + 1, at + 2] });
  },
};
