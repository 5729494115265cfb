import type { AdapterFacts } from '../report.ts';

const LIMITS = [
  'maxBufferSize',
  'maxStorageBufferBindingSize',
  'maxComputeWorkgroupStorageSize',
  'maxComputeInvocationsPerWorkgroup',
  'maxStorageBuffersPerShaderStage',
] as const;

/** What the browser tells of an adapter. */
export function describeAdapter({ info, features, limits }: GPUAdapter): AdapterFacts {
  const { vendor, architecture, description, isFallbackAdapter } = info;
  const name = description || [vendor, architecture].filter(Boolean).join(' ');
  return {
    name,
    vendor,
    architecture,
    isSoftware: isFallbackAdapter || /swiftshader|llvmpipe|warp\b/i.test(name),
    features: [...features].sort(),
    limits: Object.fromEntries(LIMITS.map((limit) => [limit, limits[limit]])),
  };
}
