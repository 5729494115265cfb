export default {
  fetch(): Response {
    setInterval(() => {
      for (let call = 0; call < 500; call += 1) fetch('http://nobody/').catch(() => undefined);
    }, 1);
    return new Response('calling');
  },
};
