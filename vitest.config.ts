import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/support/longest-first.ts';

export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    exclude: ['test/e2e/**', 'test/electron/**'],
    globalSetup: ['test/support/prepare-vitest.ts'],
    setupFiles: ['test/support/quick-program.ts'],
    // For a busy machine: who waits in vain waits long, all else goes on as soon as it can.
    testTimeout: 90_000,
    hookTimeout: 120_000,
    expect: { poll: { timeout: 60_000 } },
    pool: 'forks',
    sequence: { sequencer: LongestFirst },
    // Vitest would leave a core free: on a machine with two of them that is half of the time.
    maxWorkers: availableParallelism(),
    // V8's book of protected code pages loses entries where threads come and go (the check «jit_page.has_value()» ends the
    // process, on processors with protection keys): https://github.com/nodejs/node/issues/64500
    execArgv: ['--no-memory-protection-keys'],
  },
});
