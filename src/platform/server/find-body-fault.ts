import type { IncomingMessage } from 'node:http';

/** Why a request is refused before its body is read. */
export interface BodyFault {
  readonly status: 411 | 413 | 415;
  readonly text: string;
}

const formTypes = /^(application\/x-www-form-urlencoded|multipart\/form-data)\b/i;
const withoutBody = new Set(['GET', 'HEAD']);

/** So that a file which is too large, but not by far, is told beside its field (forms/read-form.ts). */
const filesAllow = 4;

const tooLong: BodyFault = {
  status: 413,
  text: 'This is too long, and nothing was saved. Go back, where it still stands, and send less at once.\n',
};

/** What is wrong with a form that is posted to a page, or with what is sent to sign in. Other parts of `/api/` have limits of their own. */
export function findBodyFault(request: IncomingMessage, pathname: string): BodyFault | null {
  const limit = limitOf(pathname);
  return limit === null || withoutBody.has(request.method ?? 'GET') ? null : hold(request, limit);
}

interface BodyLimit {
  readonly bytes: number;
  readonly isForm: boolean;
}

function hold({ headers }: IncomingMessage, limit: BodyLimit): BodyFault | null {
  if (headers['transfer-encoding'] !== undefined)
    return { status: 411, text: 'Say how long the body is, in Content-Length.\n' };
  const length = Number(headers['content-length'] ?? 0);
  const type = headers['content-type'] ?? '';
  if (length > limit.bytes * (type.startsWith('multipart/') ? filesAllow : 1)) return tooLong;
  if (length > 0 && limit.isForm && !formTypes.test(type))
    return { status: 415, text: 'A page takes forms only.\n' };
  return null;
}

function limitOf(pathname: string): BodyLimit | null {
  if (pathname.startsWith('/api/auth/')) return { bytes: 64 * 1024, isForm: false };
  return pathname.startsWith('/api/') ? null : { bytes: 1024 * 1024, isForm: true };
}
