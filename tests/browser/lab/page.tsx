'use client'
// Put beside the starter's own pages by the browser tests only: buttons for calls that a page of an app makes.
import { useState } from 'react'
import { useAuth } from 'warder-nextjs/client'

export default function Lab() {
  const { user, status, authFetch } = useAuth()
  const [said, setSaid] = useState('')
  const call = (path: string, init?: RequestInit) => authFetch(path, init).then((answer) => answer.status, (error: Error) => error.message)
  const eight = async () => setSaid((await Promise.all(Array.from({ length: 8 }, () => call('/api/auth/me')))).join())
  const rename = async () => setSaid(String(await call('/api/auth/me', { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"name":"Ann"}' })))
  return (
    <section className="panel">
      <h1>Lab</h1>
      <p data-testid="auth">{status} {user?.email}</p>
      <button onClick={eight}>Eight calls</button>
      <button onClick={rename}>Rename</button>
      <output data-testid="said">{said}</output>
    </section>
  )
}
