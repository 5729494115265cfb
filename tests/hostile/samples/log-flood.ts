export default {
  fetch(): Response {
    setInterval(() => {
      for (let line = 0; line < 5000; line += 1) console.log(`line ${line} ${'x'.repeat(200)}`);
    }, 10);
    return new Response('flooding');
  },
};
