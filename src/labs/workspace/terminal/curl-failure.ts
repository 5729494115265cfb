/** Why no answer came, in curl's words and with its exit code: 6 no such host, 7 refused, else 56. */
export function curlFailure(reason: string): {
  readonly stderr: string;
  readonly exitCode: number;
} {
  const unknown = /^getaddrinfo ENOTFOUND (\S+)\. (.*)$/s.exec(reason);
  if (unknown) return failure(6, `Could not resolve host: ${unknown[1]}. ${unknown[2]}`);
  const refused = /^connect ECONNREFUSED (\S+):(\d+)\. (.*)$/s.exec(reason);
  if (!refused) return failure(56, reason);
  const [, host, port, why] = refused;
  return failure(7, `Failed to connect to ${host} port ${port}: Connection refused. ${why}`);
}

function failure(exitCode: number, text: string): ReturnType<typeof curlFailure> {
  return { stderr: `curl: (${exitCode}) ${text}\n`, exitCode };
}
