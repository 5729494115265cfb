/** A device with all that its adapter can give, and what the adapter is in words. */
export interface OpenDevice {
  readonly device: GPUDevice;
  readonly adapter: string;
}

/** What the engine uses where it is there. */
const WANTED: readonly GPUFeatureName[] = ['shader-f16', 'subgroups'];
const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxStorageBuffersPerShaderStage',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxComputeWorkgroupSizeX',
  'maxComputeWorkgroupSizeY',
  'maxComputeWorkgroupSizeZ',
  'maxComputeWorkgroupsPerDimension',
] as const;

/** Opens the browser's WebGPU adapter; rejects with a sentence for the log where there is none. */
export async function openDevice(): Promise<OpenDevice> {
  const gpu = 'gpu' in navigator ? navigator.gpu : null;
  if (!gpu) throw new Error('this browser has no WebGPU');
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  if (!adapter) throw new Error('this browser has WebGPU and gives no adapter');
  const device = await adapter.requestDevice({
    requiredFeatures: WANTED.filter((name) => adapter.features.has(name)),
    requiredLimits: Object.fromEntries(LIMITS.map((name) => [name, adapter.limits[name]])),
  });
  return { device, adapter: describeAdapter(adapter.info) };
}

function describeAdapter({
  vendor,
  architecture,
  description,
  isFallbackAdapter,
}: GPUAdapterInfo): string {
  const name = description || [vendor, architecture].filter(Boolean).join(' ') || 'unnamed adapter';
  const isSoftware = isFallbackAdapter || /swiftshader|llvmpipe|warp/i.test(name);
  return isSoftware ? `${name} (a software adapter: the processor does the work)` : name;
}
