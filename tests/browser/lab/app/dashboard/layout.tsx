import type { ReactNode } from 'react'
import { logout } from 'warder-nextjs/actions'

/** Sign-out by a Server Action beside the header's own, which is a script's. */
export default function Layout({ children }: { children: ReactNode }) {
  return (
    <>
      {children}
      <form action={logout}>
        <button className="quiet">Sign out here</button>
      </form>
    </>
  )
}
