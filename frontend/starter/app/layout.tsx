import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { WarderProvider } from 'warder-nextjs/client'
import { Header } from '@/components/header'
import './globals.css'

export const metadata: Metadata = {
  title: { default: 'Warder starter', template: '%s · Warder starter' },
  description: 'A Next.js app whose users sign in with Warder',
}
export const viewport: Viewport = { colorScheme: 'light dark' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <WarderProvider>
          <a className="skip" href="#content">Skip to content</a>
          <Header />
          <main id="content" tabIndex={-1}>{children}</main>
        </WarderProvider>
      </body>
    </html>
  )
}
