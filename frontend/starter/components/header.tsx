'use client'
import Link, { useLinkStatus } from 'next/link'
import { usePathname } from 'next/navigation'
import { useState, type ReactNode } from 'react'
import { useAuth } from 'warder-nextjs/client'

export function Header() {
  const { user, status, logout } = useAuth()
  const [problem, setProblem] = useState('')

  return (
    <header className="top">
      <Link className="brand" href="/">
        <Mark /> Warder starter
      </Link>
      <nav aria-label="Main">
        {status === 'authenticated' && (
          <>
            <NavLink href="/dashboard">Dashboard</NavLink>
            <NavLink href="/account">Account</NavLink>
            <span className="who" title={user?.email}>
              {user?.name || user?.email}
            </span>
            <button className="quiet" onClick={() => logout().catch((error: Error) => setProblem(error.message))}>
              Sign out
            </button>
          </>
        )}
        {status === 'unauthenticated' && (
          <>
            <NavLink href="/login">Sign in</NavLink>
            <NavLink href="/register">Register</NavLink>
          </>
        )}
        <noscript>
          <a href="/dashboard">Dashboard</a> <a href="/account">Account</a>
        </noscript>
      </nav>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </header>
  )
}

function NavLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link href={href} aria-current={usePathname() === href ? 'page' : undefined}>
      {children}
      <Waiting />
    </Link>
  )
}

/** A page that asks Warder comes when it is whole, so that it needs no JavaScript; until then its link says that it is coming. */
function Waiting() {
  return useLinkStatus().pending ? (
    <span className="waiting" role="status">
      <span className="unseen">Loading…</span>
    </span>
  ) : null
}

function Mark() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      aria-hidden="true"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinejoin="round"
    >
      <path d="M12 2.5 4 5.5v6c0 5 3.4 8.6 8 10 4.6-1.4 8-5 8-10v-6z" />
      <path d="m8.5 12 2.5 2.5 4.5-5" strokeLinecap="round" />
    </svg>
  )
}
