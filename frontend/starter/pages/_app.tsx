import type { AppProps } from 'next/app'
import { Frame } from '@/components/frame'
import '@/app/globals.css'
import '@/app/factors.css'

export default function App({ Component, pageProps }: AppProps) {
  return (
    <Frame>
      <Component {...pageProps} />
    </Frame>
  )
}
