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
          testTimeout: 60_000,
          hookTimeout: 60_000,
          // One after the other, in one process (package.json): the browser and the sessions are made once.
          fileParallelism: false,
        },
      },
    ],
  },
});
