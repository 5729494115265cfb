import { exchangeLimit, largestEntry } from './exchange.ts';

/** A proxy that was not told otherwise takes a body of 1 MiB; a backlog goes out in pieces below that. */
const parcelBytes = 512 * 1024;

/** What goes into one request. */
export interface Parcel {
  /** Whether the entry goes in. One that is larger than a whole parcel goes alone. */
  takes(entry: object): boolean;
  isFull(): boolean;
  /** How many entries were refused because no request may be that large. */
  tooLarge(): number;
}

/** An empty one. */
export function openParcel(): Parcel {
  let count = 0;
  let bytes = 0;
  let tooLarge = 0;
  const isFull = (): boolean => count >= exchangeLimit || bytes >= parcelBytes;
  return {
    isFull,
    tooLarge: () => tooLarge,
    takes: (entry) => {
      if (isFull()) return false;
      const size = new TextEncoder().encode(JSON.stringify(entry)).length;
      if (size > largestEntry) tooLarge += 1;
      if (size > largestEntry || (count > 0 && bytes + size > parcelBytes)) return false;
      count += 1;
      bytes += size;
      return true;
    },
  };
}
