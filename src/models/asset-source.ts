/** Where the bytes come from: a posted map in a pod, the disk in Node, the site in a page. */
export interface AssetSource {
  /** Rejects when there is no such file. `onBytes` hears what has arrived so far, where the source can tell. */
  readAsset(path: string, onBytes?: (received: number) => void): Promise<Uint8Array>;
}
