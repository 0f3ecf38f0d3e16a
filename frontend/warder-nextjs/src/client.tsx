'use client'
import { usePathname } from 'next/navigation.js' // with its extension, for Node.js: the Pages Router does not bundle packages
import { createContext, Suspense, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { ask, askSession, authFetch, BASE_PATH, onSessionEnded, readCsrf } from './browser.js'
import type { Credentials, Me, NewAccount } from './contract.js'
import { WarderError } from './error.js'
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
  /** Asks anew who is signed in: after an action of yours that changed the name, for example. */
  refresh(): Promise<void>
  /** Goes to `?next=` of this page, if it leads to a path of this site. */
  redirectAfterLogin(fallback?: string): void
  authFetch: typeof authFetch
}

const AuthContext = createContext<Auth | null>(null)

/** Knows who is signed in, in all tabs. `initialUser` (of `getUser()`) spares the first question, and is believed again where it changes. */
export function WarderProvider({ children, initialUser }: { children: ReactNode; initialUser?: Me | null }) {
  const [user, setUser] = useState(initialUser)
  const [given, setGiven] = useState(initialUser)
  if (given !== initialUser) {
    setGiven(initialUser)
    setUser(initialUser)
  }
  const actions = useMemo(() => actionsOf(setUser), [])
  const status = user ? 'authenticated' : user === null ? 'unauthenticated' : 'loading'
  const auth = useMemo<Auth>(() => ({ ...actions, user: user ?? null, status }), [actions, user, status])

  return (
    <AuthContext value={auth}>
      <Suspense fallback={null}>
        <Watch user={user} learn={setUser} />
      </Suspense>
      {children}
    </AuthContext>
  )
}

/** The same functions for the whole life of a provider, so that an effect may depend on them. */
function actionsOf(learn: (user: Me | null) => void): Omit<Auth, 'user' | 'status'> {
  const refresh = async () => learn(await askSession())
  async function enter(path: string, body: object) {
    await ask(path, body)
    if (!readCsrf()) throw WarderError.cookiesDropped(location.origin)
    await refresh()
    announce()
  }
  return {
    authFetch,
    refresh,
    login: (credentials) => enter('/login', credentials),
    register: (account) => enter('/register', account),
    async logout(to = '/login') {
      await ask('/logout', {})
      announce()
      location.replace(BASE_PATH + safeNext(to, '/login'))
    },
    redirectAfterLogin: (fallback = '/') =>
      location.assign(BASE_PATH + safeNext(new URLSearchParams(location.search).get('next'), fallback)),
  }
}

export function useAuth(): Auth {
  const auth = useContext(AuthContext)
  if (!auth) throw new Error('useAuth() needs a <WarderProvider> around it')
  return auth
}

type Heard = (now: Me | null, before: Me | null) => void

/** The pages that want to hear of it themselves, instead of being loaded anew. */
const listeners = new Set<Heard>()

/**
 * While a component with this hook is there, the page is not loaded anew when another tab signs in or out, or the session ends: a
 * form that is half written stays. `useAuth()` knows the new user already; what the page shows of the former one is yours to hide.
 */
export function useUserChange(heard: Heard): void {
  const latest = useRef(heard)
  useEffect(() => {
    latest.current = heard
  })
  useEffect(() => {
    const listener: Heard = (now, before) => latest.current(now, before)
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }, [])
}

function change({ user, learn }: Watched, now: Me | null): void {
  if (listeners.size === 0) {
    location.reload()
    return
  }
  learn(now)
  for (const heard of listeners) heard(now, user ?? null)
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
      if (seen !== null) announce()
      learn(now)
    }, later)
    return () => {
      current = false
    }
  }, [path, user, seen, learn])

  useEffect(() => {
    const check = () =>
      void askSession().then((now) => {
        if (user === undefined) learn(now)
        else if (now?.id !== user?.id) change({ user, learn }, now)
      }, later)
    const look = () => {
      if (document.visibilityState === 'visible' && (user === undefined || (seen !== null && readCsrf() !== seen))) check()
    }
    const stop = [
      onNews(check),
      onSessionEnded(() => {
        if (user) {
          announce()
          change({ user, learn }, null)
        }
      }),
      listen(document, 'visibilitychange', look),
      listen(window, 'focus', look),
      listen(window, 'pageshow', (event) => {
        if ((event as PageTransitionEvent).persisted) look()
      }),
    ]
    return () => {
      for (const each of stop) each()
    }
  }, [user, seen, learn])

  return null
}

/** Warder is away, which says nothing about the session: the next navigation or look at the page asks again. */
const later = () => {}

function listen(target: EventTarget, name: string, heard: (event: Event) => void): () => void {
  target.addEventListener(name, heard)
  return () => target.removeEventListener(name, heard)
}
