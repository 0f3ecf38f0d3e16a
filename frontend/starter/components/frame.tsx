import type { ReactNode } from 'react'
import { WarderProvider } from 'warder-nextjs/client'
import { Header } from './header'
import { StepUpDialog } from './step-up'

/** What stands around every page, of the App Router and of the Pages Router. */
export function Frame({ children }: { children: ReactNode }) {
  return (
    <WarderProvider stepUp={StepUpDialog}>
      <a className="skip" href="#content">
        Skip to content
      </a>
      <Header />
      <main id="content" tabIndex={-1}>
        {children}
      </main>
    </WarderProvider>
  )
}
