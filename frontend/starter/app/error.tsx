'use client'
import { UNAVAILABLE } from 'warder-nextjs'

export default function ErrorPage({ error }: { error: Error & { digest?: string } }) {
  const away = error.digest === UNAVAILABLE
  return (
    <section className="panel" role="alert">
      <h1>{away ? 'The sign-in service is not available' : 'Something went wrong'}</h1>
      <p>{away ? 'You are still signed in. Try again in a moment.' : 'The fault is ours. Try again in a moment.'}</p>
      <button onClick={() => location.reload()}>Try again</button>
    </section>
  )
}
