/** Paths whose next part is a secret: whoever has it gets in. */
const secretPaths = /\/+(invitation|assignments\/+calendar)\/+[^/\s?#"'<>]+/gi;
const queries = /(\/[^\s?"'<>()]*)\?[^\s"'<>()]+/g;
const addresses = /[^\s<>"'(),;:=/]+@[^\s<>"'(),;:/]+\.[^\s<>"'(),;:/]+/g;

/** A path as a log may have it: what opens an invitation or a calendar is left out, however it is encoded. */
export function hideInPath(pathname: string): string {
  const decoded = decode(pathname);
  return new RegExp(secretPaths).test(decoded)
    ? decoded.replaceAll(secretPaths, '/$1/…')
    : pathname;
}

/** A text of a library as a log may have it: without secrets in paths, queries of addresses, and e-mail addresses. */
export function hideInText(text: string): string {
  return text
    .replaceAll(secretPaths, '/$1/…')
    .replaceAll(queries, '$1?…')
    .replaceAll(addresses, '[address]');
}

/** What cannot be decoded stands for nothing on this site. */
function decode(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname.replaceAll(/%[0-9a-f]{2}/gi, (code) =>
      String.fromCharCode(Number.parseInt(code.slice(1), 16)),
    );
  }
}
