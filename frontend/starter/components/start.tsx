'use client'
import Link from 'next/link'
import { useAuth } from 'warder-nextjs/client'

/** What to do first. The page is the same for everybody, so it asks in the browser who is there; without JavaScript it stays the guest's. */
export function Start() {
  const { status } = useAuth()
  if (status === 'authenticated')
    return (
      <p className="row">
        <Link className="button" href="/dashboard">
          Open your dashboard
        </Link>
      </p>
    )
  return (
    <p className="row" aria-busy={status === 'loading'}>
      <Link className="button" href="/register">
        Create account
      </Link>
      <Link className="button quiet" href="/login">
        Sign in
      </Link>
    </p>
  )
}
