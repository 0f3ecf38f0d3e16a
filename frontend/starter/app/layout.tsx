import type { Metadata, Viewport } from 'next'
import type { ReactNode } from 'react'
import { Frame } from '@/components/frame'
import './globals.css'
import './factors.css'

export const metadata: Metadata = {
  title: { default: 'Warder starter', template: '%s · Warder starter' },
  description: 'A Next.js app whose users sign in with Warder',
}
export const viewport: Viewport = { colorScheme: 'light dark' }

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <Frame>{children}</Frame>
      </body>
    </html>
  )
}
