import { parseEnv } from '#platform/env.ts';
import { createLog } from '#platform/log.ts';
import { openDatabase } from '../open.ts';
import { messageOf } from '../problem.ts';

// A node without a site: opens the database of its environment, says so, and keeps it until it is told to end.
try {
  const database = await openDatabase(parseEnv(process.env), createLog('silent'));
  const alive = setInterval(() => {}, 60_000);
  process.once('SIGTERM', () => {
    clearInterval(alive);
    void database.close();
  });
  console.log('open');
} catch (error) {
  console.log(messageOf(error));
  process.exitCode = 1;
}
