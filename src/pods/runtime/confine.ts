/**
 * Web names a container may see, after the Minimum Common Web API that Node, Deno and Workers share.
 * Everything else of the browser's goes: workers, sockets, storage, and the message classes through
 * which code could get at the platform's port. This narrows what is in reach; what makes the network
 * unreachable is the sandbox's policy, which also holds for anything missed here.
 */
const WEB = `
  AbortController AbortSignal Blob ByteLengthQueuingStrategy CompressionStream CountQueuingStrategy
  Crypto CryptoKey CustomEvent DOMException DecompressionStream ErrorEvent Event EventTarget File
  FormData GPU GPUAdapter GPUAdapterInfo GPUBindGroup GPUBindGroupLayout GPUBuffer GPUBufferUsage
  GPUColorWrite GPUCommandBuffer GPUCommandEncoder GPUCompilationInfo GPUCompilationMessage
  GPUComputePassEncoder GPUComputePipeline GPUDevice GPUDeviceLostInfo GPUError GPUInternalError
  GPUMapMode GPUOutOfMemoryError GPUPipelineError GPUPipelineLayout GPUQuerySet GPUQueue GPUSampler
  GPUShaderModule GPUShaderStage GPUSupportedFeatures GPUSupportedLimits GPUTexture GPUTextureUsage
  GPUTextureView GPUUncapturedErrorEvent GPUValidationError Headers PerformanceEntry
  PerformanceMark PerformanceMeasure PromiseRejectionEvent ReadableByteStreamController
  ReadableStream ReadableStreamBYOBReader ReadableStreamBYOBRequest ReadableStreamDefaultController
  ReadableStreamDefaultReader Request Response SubtleCrypto TextDecoder TextDecoderStream TextEncoder
  TextEncoderStream TransformStream TransformStreamDefaultController URL URLPattern URLSearchParams
  WebAssembly WritableStream WritableStreamDefaultController WritableStreamDefaultWriter
  WorkerGlobalScope DedicatedWorkerGlobalScope WorkerNavigator WorkerLocation
  addEventListener removeEventListener dispatchEvent atob btoa clearInterval clearTimeout console
  constructor crypto globalThis isSecureContext location navigator origin performance queueMicrotask
  reportError self setInterval setTimeout structuredClone
`;

const LANGUAGE = `
  AggregateError Array ArrayBuffer AsyncDisposableStack Atomics BigInt BigInt64Array BigUint64Array
  Boolean DataView Date DisposableStack Error EvalError FinalizationRegistry Float16Array Float32Array
  Float64Array Function Infinity Int16Array Int32Array Int8Array Intl Iterator JSON Map Math NaN Number
  Object Promise Proxy RangeError ReferenceError Reflect RegExp Set SharedArrayBuffer String
  SuppressedError Symbol SyntaxError Temporal TypeError URIError Uint16Array Uint32Array Uint8Array
  Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent
  escape eval isFinite isNaN parseFloat parseInt undefined unescape
`;

/** Takes every other global away from this worker. Returns the names that the engine would not let go. */
export function confine(): readonly string[] {
  const kept = new Set(`${WEB} ${LANGUAGE}`.trim().split(/\s+/));
  const stuck: string[] = [];
  for (let scope: object = globalThis; scope !== Object.prototype;) {
    for (const name of Object.getOwnPropertyNames(scope)) {
      if (!kept.has(name) && !Reflect.deleteProperty(scope, name)) stuck.push(name);
    }
    scope = Object.getPrototypeOf(scope) as object;
  }
  return stuck;
}
