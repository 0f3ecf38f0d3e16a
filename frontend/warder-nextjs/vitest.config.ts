import { defineConfig } from 'vitest/config'

// No limit here stands for speed: some tests run npm, on machines that do other things, too. ctest ends what hangs.
export default defineConfig({ test: { testTimeout: 300_000 } })
