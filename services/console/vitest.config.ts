import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['src/**/*.test.ts'], environment: 'node' } },
      {
        test: {
          name: 'end-to-end',
          include: ['e2e/**/*.test.ts'],
          environment: 'node',
          globalSetup: ['e2e/server.ts'],
          // Every single wait has 30 s. A test has many of them, and a machine that compiles meanwhile gives the browser a
          // tenth of a core: what ends a test as a whole only finds what hangs without waiting.
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // One after the other, in one process (package.json): the browser and the sessions are made once.
          fileParallelism: false,
        },
      },
    ],
  },
});
