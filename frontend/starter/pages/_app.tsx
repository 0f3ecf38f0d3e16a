import type { AppProps } from 'next/app'
import '@/app/globals.css'

export default function App({ Component, pageProps }: AppProps) {
  return <main id="content"><Component {...pageProps} /></main>
}
