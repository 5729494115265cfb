/** Flags of WebGPU that TypeScript's library describes by their type only. */
declare const GPUBufferUsage: Readonly<
  Record<
    | 'MAP_READ'
    | 'MAP_WRITE'
    | 'COPY_SRC'
    | 'COPY_DST'
    | 'INDEX'
    | 'VERTEX'
    | 'UNIFORM'
    | 'STORAGE'
    | 'INDIRECT'
    | 'QUERY_RESOLVE',
    number
  >
>;
declare const GPUMapMode: Readonly<Record<'READ' | 'WRITE', number>>;
