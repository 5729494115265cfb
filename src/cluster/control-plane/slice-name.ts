import type { EndpointSlice } from './resources.ts';

/** Letters and digits of the suffixes that Kubernetes makes up. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';
const LENGTH = 5;

/**
 * A slice as the API shows it, under a name such as `triage-x7k2p` that lasts as long as its Service:
 * webernetes 0.3.5 names them all `SERVICE-simulator`.
 */
export function withSliceName(slice: EndpointSlice): EndpointSlice {
  const { metadata } = slice;
  const service = metadata?.labels?.['kubernetes.io/service-name'];
  if (service === undefined || metadata?.name !== `${service}-simulator`) return slice;
  const seed = metadata.ownerReferences?.[0]?.uid ?? `${metadata.namespace}/${service}`;
  return { ...slice, metadata: { ...metadata, name: `${service}-${suffixOf(seed)}` } };
}

/** FNV-1a, written in the alphabet. */
function suffixOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  let suffix = '';
  for (; suffix.length < LENGTH; hash = Math.floor(hash / ALPHABET.length)) {
    suffix += ALPHABET.charAt(hash % ALPHABET.length);
  }
  return suffix;
}
