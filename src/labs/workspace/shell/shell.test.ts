import { afterEach, expect, test } from 'vitest';
import { fromShellSchema, type FromShell, type ShellResult, type ToShell } from './protocol.ts';
import startShell from './shell.ts';

const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

/** A shell over two files, with the platform's side of its port. */
async function openShell(answer: (call: Call) => ShellResult = () => nothing) {
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const heard: FromShell[] = [];
  let wake = () => {};
  port1.onmessage = ({ data }) => {
    const message = fromShellSchema.parse(data);
    heard.push(message);
    if (message.type === 'call') {
      say({ type: 'reply', call: message.call, result: answer(message) });
    }
    wake();
  };
  const say = (message: ToShell) => port1.postMessage(message);
  const hear = async <T extends FromShell['type']>(type: T, from = 0) => {
    for (;;) {
      const found = heard.slice(from).find((message) => message.type === type);
      if (found) return found as Extract<FromShell, { type: T }>;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  startShell(port2);
  say({
    type: 'start',
    files: { 'service.yaml': 'app: triage-model\n', 'server.ts': 'export {};\n' },
    readOnly: ['server.ts'],
  });
  await hear('ready');
  const run = (line: string) => {
    const from = heard.length;
    say({ type: 'run', run: from, line });
    return hear('finished', from);
  };
  return { say, hear, run, heard };
}

type Call = Extract<FromShell, { type: 'call' }>;
const nothing: ShellResult = { stdout: '', stderr: '', exitCode: 0 };

test('a command that edits a lab file tells the platform its new text', async () => {
  const { run, hear } = await openShell();
  expect((await run(`sed -i 's/-model//' service.yaml`)).exitCode).toBe(0);
  expect(await hear('edited')).toEqual({
    type: 'edited',
    path: 'service.yaml',
    text: 'app: triage\n',
  });
});

test('writing to a read-only file fails at once and the line goes on as in bash', async () => {
  const { run, heard } = await openShell();
  const denied = 'bash: server.ts: Permission denied (read-only in this lab)\n';
  expect(await run('echo x > server.ts')).toMatchObject({ stderr: denied, exitCode: 1 });
  expect(await run('echo a; echo x >> server.ts || echo refused')).toMatchObject({
    stdout: 'a\nrefused\n',
    stderr: denied,
  });
  expect(await run('cat service.yaml | grep app > "server.ts"')).toMatchObject({ exitCode: 1 });
  expect(await run('f=server.ts; echo x > $f')).toMatchObject({
    stderr: 'bash: Permission denied\n',
    exitCode: 1,
  });
  expect((await run('rm server.ts')).exitCode).toBe(1);
  expect((await run('rm -f server.ts')).stderr).toBe('server.ts is read-only in this lab.\n');
  expect((await run('for i in 1 2; do echo $i; done > out; cat out')).stdout).toBe('1\n2\n');
  expect((await run('cat service.yaml | cat > copy; cat copy')).stdout).toBe('app: triage-model\n');
  expect((await run('cat server.ts | cat')).stdout).toBe('export {};\n');
  expect(heard.filter((message) => message.type === 'edited')).toEqual([]);
});

test('a deleted file is put back, and the learner is told', async () => {
  const { run, heard } = await openShell();
  expect((await run('rm service.yaml')).stderr).toBe(
    'service.yaml belongs to the lab and was put back.\n',
  );
  expect((await run('cat service.yaml | cat')).stdout).toBe('app: triage-model\n');
  expect(heard.filter((message) => message.type === 'edited')).toEqual([]);
});

test('a file and an output of megabytes are refused and cut, and the learner is told', async () => {
  const { run, heard } = await openShell();
  await run('s=aaaaaaaaaaaaaaaa; for i in {1..18}; do s=$s$s; done');
  expect((await run('echo "$s" > service.yaml')).stderr).toBe(
    'service.yaml would have 4,194,305 characters, more than the 1,000,000 a lab file may have, and was put back.\n',
  );
  expect(heard.filter((message) => message.type === 'edited')).toEqual([]);
  expect((await run('echo "$s" | cat')).stdout).toMatch(
    /\.\.\. 3,194,305 more characters are not shown\.\n$/,
  );
});

test('directory and variables last from line to line', async () => {
  const { run } = await openShell();
  await run('mkdir -p work && cd work && export POD=triage-1');
  const { stdout, directory } = await run('echo "$POD" | cat');
  expect([stdout, directory]).toEqual(['triage-1\n', '/lab/work']);
});

test('kubectl is asked of the platform with its arguments and the files in reach', async () => {
  const calls: Call[] = [];
  const { run } = await openShell((call) => {
    calls.push(call);
    return { stdout: 'NAME READY\ntriage 1/1\n', stderr: '', exitCode: 0 };
  });
  expect((await run('kubectl get pods | tail -1')).stdout).toBe('triage 1/1\n');
  expect(calls).toMatchObject([{ name: 'kubectl', args: ['get', 'pods'], live: false }]);
  expect(Object.keys(calls[0]?.files ?? {})).toEqual(['service.yaml', 'server.ts']);
});

test('what a loop prints is shown while it runs when nothing captures it', async () => {
  const { run, heard } = await openShell();
  expect((await run('for i in 1 2; do echo $i; sleep 0.1; done')).stdout).toBe('');
  const printed = heard.filter((message) => message.type === 'print');
  expect(printed.map((message) => message.stdout)).toEqual(['1\n', '2\n']);
});

test('a loop that prints without a pause sends few messages and loses no line', async () => {
  const { run, heard } = await openShell();
  await run('for i in $(seq 2000); do echo $i; done; for i in {1..2000}; do echo line; done');
  await run('for i in {1..2000}; do echo line; done');
  const printed = heard.filter((message) => message.type === 'print');
  expect(printed.map((message) => message.stdout).join('')).toBe('line\n'.repeat(2000));
  expect(printed.length).toBeLessThan(200);
});

test('complaints stand between the outputs they belong to', async () => {
  const { run, heard } = await openShell((call) => ({
    stdout: '',
    stderr: `error: unknown command "${call.args[0]}"\n`,
    exitCode: 1,
  }));
  expect((await run('kubectl gt; echo $?; rm nothing; echo end')).stderr).toBe('');
  const printed = heard.filter((message) => message.type === 'print');
  expect(printed.map(({ stdout, stderr }) => stdout + stderr).join('')).toBe(
    `error: unknown command "gt"\n1\nrm: cannot remove 'nothing': No such file or directory\nend\n`,
  );
});

test('a loop without an end is stopped, and no setting is named that the learner cannot reach', async () => {
  const { run } = await openShell();
  expect((await run('while true; do :; done')).stderr).toMatch(/too many commands.*\)\s*$/s);
});

test('a sleeping loop ends when it is aborted, without a complaint', async () => {
  const { say, hear, heard } = await openShell();
  const from = heard.length;
  say({ type: 'run', run: 7, line: 'while true; do sleep 0.05; done' });
  setTimeout(() => say({ type: 'abort', run: 7 }), 100);
  expect((await hear('finished', from)).stderr).toBe('');
});

test('a command that ends in & runs in the foreground, and the learner is told', async () => {
  const { run, heard } = await openShell();
  expect((await run('sleep 0 & echo "a & b"')).exitCode).toBe(0);
  expect(heard.flatMap((one) => (one.type === 'print' ? [one.stderr] : [])).join('')).toBe(
    'there is no job control here: what ends in & runs in the foreground\n',
  );
  const from = heard.length;
  await run('echo "a & b" 2>&1 && echo b; help | cat');
  expect(heard.slice(from).some((one) => one.type === 'print' && one.stderr !== '')).toBe(false);
});

test('names are listed below the shell’s directory, folders with a slash', async () => {
  const { run, say, hear } = await openShell();
  await run('mkdir services');
  say({ type: 'list', list: 1, word: 'serv' });
  const { names } = await hear('listed');
  expect([...names].toSorted()).toEqual(['server.ts', 'service.yaml', 'services/']);
});
