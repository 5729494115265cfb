import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createLog } from '#platform/log.ts';
import { createSendMail, type SendMail } from './send-mail.ts';

let server: Server | undefined;
const sockets = new Set<Socket>();
afterEach(async () => {
  vi.useRealTimers();
  for (const socket of sockets) socket.destroy();
  sockets.clear();
  await new Promise((resolve) => (server ? server.close(resolve) : resolve(null)));
});

/** A way out to a mail server of this test, which does with each connection what it is told. */
async function open(serve: (socket: Socket) => void): Promise<SendMail> {
  server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    serve(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  return createSendMail(
    { smtpUrl: `smtp://127.0.0.1:${port}`, from: 'day-two@example.org' },
    createLog('silent'),
  );
}

/** Takes every mail. */
function takeMails(socket: Socket): void {
  const say = (line: string) => socket.write(`${line}\r\n`);
  let isText = false;
  let heard = '';
  say('220 here');
  socket.setEncoding('utf8').on('data', (text: string) => {
    heard += text;
    if (!heard.endsWith(isText ? '\r\n.\r\n' : '\r\n')) return;
    isText = !isText && /^DATA/i.test(heard);
    heard = '';
    say(isText ? '354 go on' : '250 yes');
  });
}

const mailTo = (to: string) => ({ to, subject: 'Hello', text: 'Hello.' });

test('mails one after another go over one connection', async () => {
  const sendMail = await open(takeMails);
  for (const name of ['ada', 'bea', 'carl']) await sendMail(mailTo(`${name}@example.org`));
  expect(sockets.size).toBe(1);
});

test('many mails at once go over five connections at most', async () => {
  const sendMail = await open(takeMails);
  const names = Array.from({ length: 40 }, (_, index) => `p${index}@example.org`);
  await Promise.all(names.map((name) => sendMail(mailTo(name))));
  expect(sockets.size).toBeLessThanOrEqual(5);
});

test('a mail server that takes the connection and says nothing is given up on after ten seconds', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const sendMail = await open(() => undefined);
  const sent = sendMail(mailTo('ada@example.org'));
  const refused = expect(sent).rejects.toThrow(/[Gg]reeting never received|[Tt]imeout/);
  await vi.waitFor(() => expect(sockets.size).toBe(1));
  await vi.advanceTimersByTimeAsync(10_000);
  await refused;
});
