import { defineConfig } from '@playwright/test'

export const chromium = {
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  // The tests run as root in CI; app.test stands for a plain-http host that is not localhost.
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--host-resolver-rules=MAP app.test 127.0.0.1',
  ],
}

export default defineConfig({
  testDir: 'specs',
  outputDir: `${process.env.BROWSER_TEST_APP}/../results`,
  workers: 1, // one Warder and one Next.js, whose counters a test may read
  retries: 0,
  forbidOnly: true,
  // For what hangs, on however busy a machine: no test is about speed.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  reporter: 'list',
  use: { launchOptions: chromium, trace: { mode: 'retain-on-failure', screenshots: false }, locale: 'en-GB' },
})
