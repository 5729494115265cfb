/// <reference types="vitest/config" />
import { getViteConfig } from 'astro/config';

export default getViteConfig({
  test: {
    include: ['src/**/*.test.ts', 'labs/**/*.test.ts', 'tests/*.test.ts'],
    exclude: ['tests/e2e/**', 'node_modules/**'],
    testTimeout: 20_000,
    // webernetes imports without extensions, which plain Node refuses.
    server: { deps: { inline: ['@ngrok/webernetes'] } },
    maxWorkers: 2,
  },
});
