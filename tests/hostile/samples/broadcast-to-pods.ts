export default {
  async fetch(): Promise<Response> {
    try {
      const channel = new BroadcastChannel('day-two');
      const heard = new Promise((resolve) => {
        channel.onmessage = resolve;
      });
      new BroadcastChannel('day-two').postMessage('to all of my own');
      channel.postMessage({ t: 'exit', reason: 'Error', message: 'forged' });
      await Promise.race([heard, new Promise((_resolve, reject) => setTimeout(reject, 300, 'silence'))]);
      return Response.json({ reached: false, how: 'heard only itself: an opaque origin of its own' });
    } catch (error) {
      return Response.json({ reached: false, how: String(error) });
    }
  },
};
