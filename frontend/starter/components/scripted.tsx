'use client'
import { useState, type ReactNode } from 'react'

/** What only a script can do. Without JavaScript it is not there: `.scripted` in globals.css. */
export function Scripted({ children }: { children: ReactNode }) {
  return <div className="scripted">{children}</div>
}

/** A button that waits for its promise, and says below what went wrong. */
export function Try({ children, className, act }: { children: ReactNode; className?: string; act: () => Promise<unknown> }) {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState('')
  const run = async () => {
    setPending(true)
    setProblem('')
    await act().catch((error: Error) => setProblem(error.message))
    setPending(false)
  }
  return (
    <>
      <button type="button" className={className} disabled={pending} onClick={run}>
        {children}
      </button>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </>
  )
}
