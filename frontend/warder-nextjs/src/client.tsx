'use client'
import { usePathname } from 'next/navigation.js' // with its extension, for Node.js: the Pages Router does not bundle packages
import { createContext, Suspense, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import { authFetch, onSessionEnded, post, readCsrf } from './browser.js'
import type { Credentials, Me, NewAccount, SessionState } from './contract.js'
import { safeNext } from './safe-next.js'
import { announce, onNews } from './tabs.js'

export { authFetch } from './browser.js'

export type Auth = {
  user: Me | null
  status: 'loading' | 'authenticated' | 'unauthenticated'
  /** All of them throw `WarderError`. */
  login(credentials: Credentials): Promise<void>
  register(account: NewAccount): Promise<void>
  /** Ends the session, then loads `to` anew, which drops all that the router has cached of the signed-in pages. */
  logout(to?: string): Promise<void>
  /** Goes to `?next=` of this page, if it leads to a path of this site. */
  redirectAfterLogin(fallback?: string): void
  authFetch: typeof authFetch
}

const AuthContext = createContext<Auth | null>(null)

/** Knows who is signed in, in all tabs. `initialUser` (of `getUser()`) spares the first question. */
export function WarderProvider({ children, initialUser }: { children: ReactNode; initialUser?: Me | null }) {
  const [user, setUser] = useState<Me | null | undefined>(initialUser)
  const auth = useMemo<Auth>(() => ({
    user: user ?? null,
    status: user ? 'authenticated' : user === null ? 'unauthenticated' : 'loading',
    authFetch,
    login: (credentials) => enter('/login', credentials),
    register: (account) => enter('/register', account),
    async logout(to = '/login') {
      await post('/logout', {})
      announce()
      location.replace(safeNext(to, '/login'))
    },
    redirectAfterLogin: (fallback = '/') => location.assign(safeNext(new URLSearchParams(location.search).get('next'), fallback)),
  }), [user])

  async function enter(path: string, body: object) {
    await post(path, body)
    setUser(await askSession())
    announce()
  }

  return (
    <AuthContext value={auth}>
      <Suspense fallback={null}><Watch user={user} learn={setUser} /></Suspense>
      {children}
    </AuthContext>
  )
}

export function useAuth(): Auth {
  const auth = useContext(AuthContext)
  if (!auth) throw new Error('useAuth() needs a <WarderProvider> around it')
  return auth
}

type Watched = { user: Me | null | undefined; learn: (user: Me | null) => void }

/** Notices that the session began or ended: by a Server Action, in another tab, while the page slept in the Back cache. */
function Watch({ user, learn }: Watched) {
  const [seen, setSeen] = useState<string | null>(null)
  const path = usePathname()

  useEffect(() => {
    const csrf = readCsrf()
    if (user !== undefined && (seen === null || csrf === seen)) return setSeen(csrf)
    let current = true
    void askSession().then((now) => {
      if (!current) return
      setSeen(readCsrf())
      if (seen !== null && now?.id !== user?.id) announce()
      learn(now)
    }, () => { /* Warder is away, which says nothing about the session; the next navigation asks again */ })
    return () => { current = false }
  }, [path, user, seen, learn])

  useEffect(() => {
    if (user === undefined) return
    const reloadIfOther = () => askSession().then((now) => { if (now?.id !== user?.id) location.reload() }, () => {})
    const look = () => { if (document.visibilityState === 'visible' && seen !== null && readCsrf() !== seen) void reloadIfOther() }
    const stop = [
      onNews(() => void reloadIfOther()),
      onSessionEnded(() => { if (user) { announce(); location.reload() } }),
      listen(document, 'visibilitychange', look),
      listen(window, 'focus', look),
      listen(window, 'pageshow', (event) => { if ((event as PageTransitionEvent).persisted) look() }),
    ]
    return () => stop.forEach((each) => each())
  }, [user, seen])

  return null
}

function listen(target: EventTarget, name: string, heard: (event: Event) => void): () => void {
  target.addEventListener(name, heard)
  return () => target.removeEventListener(name, heard)
}

async function askSession(): Promise<Me | null> {
  let state = await sessionState()
  if (!state.user && state.refreshable && (await authFetch('/api/auth/me')).ok) state = await sessionState()
  return state.user ?? null
}

async function sessionState(): Promise<SessionState> {
  const answer = await fetch('/api/auth/session', { cache: 'no-store' })
  if (!answer.ok) throw new Error('Warder did not answer')
  return (await answer.json()) as SessionState
}
