'use client'
import { usePathname } from 'next/navigation.js' // with its extension, for Node.js: the Pages Router does not bundle packages
import { createContext, Suspense, useContext, useEffect, useMemo, useRef, useState, type ComponentType, type ReactNode } from 'react'
import { BASE_PATH } from './base-path.js'
import { ask, askSession, authFetch, onSessionEnded, readCsrf } from './browser.js'
import type { Credentials, MailProof, Me, NewAccount, SecondStepProof, User } from './contract.js'
import { WarderError } from './error.js'
import { choosePasskey, orPasskeyRefused, type CeremonyOptions, type RequestCeremony } from './passkeys.js'
import { safeNext } from './safe-next.js'
import { orEnded, orMailEnded, registrationMailed } from './second-step.js'
import { StepUp, type StepUpProps } from './step-up.js'
import { announce, onNews } from './tabs.js'

export { authFetch } from './browser.js'
export { mails } from './browser-mails.js'
export { factors, reauthenticate, reauthenticateWithPasskey, registerPasskey } from './factors.js'
export { getProviders, identities } from './identities.js'
export { canUsePasskeys, syncPasskeys } from './passkeys.js'
export { type StepUpProps, useStepUpAction } from './step-up.js'

export type Auth = {
  user: Me | null
  status: 'loading' | 'authenticated' | 'unauthenticated'
  /** All of them throw `WarderError`; this one `mfa_required` where a second step is to follow, with `details.methods`. */
  login(credentials: Credentials): Promise<void>
  /** `registration_mailed` where nobody is signed in by it, and a mail says how to go on. */
  register(account: NewAccount): Promise<void>
  /** Sends a mail with a link and six digits, if there is such an account; `loginByMail()` takes either. */
  requestSignInMail(email: string): Promise<void>
  loginByMail(proof: MailProof): Promise<void>
  /** The second step; `sign_in_ended` says that the sign-in begins anew. */
  loginMfa(proof: SecondStepProof): Promise<void>
  /** The same by a passkey; false where `signal` ended it. */
  loginMfaWithPasskey(options?: { remember_device?: boolean; signal?: AbortSignal }): Promise<boolean>
  /**
   * Signs in by a passkey, without a name; false where `signal` ended it, or a later call took its place. With `autofill` it offers
   * them in the list of an input with `autoComplete="username webauthn"`, waits there, and is silent where the browser cannot.
   */
  loginWithPasskey(options?: CeremonyOptions): Promise<boolean>
  /** Ends the session, then loads `to` anew, which drops all that the router has cached of the signed-in pages. */
  logout(to?: string): Promise<void>
  /** Asks anew who is signed in: after an action of yours that changed the name, for example. */
  refresh(): Promise<void>
  /** Goes to `?next=` of this page, if it leads to a path of this site. */
  redirectAfterLogin(fallback?: string): void
  authFetch: typeof authFetch
}

const AuthContext = createContext<Auth | null>(null)

type ProviderProps = {
  children: ReactNode
  /** Of `getUser()`: spares the first question, and is believed again where it changes. */
  initialUser?: Me | null
  /** The app's dialog that asks who sits there, where Warder wants a fresh proof: see `authFetch()` and `useStepUpAction()`. */
  stepUp?: ComponentType<StepUpProps>
}

/** Knows who is signed in, in all tabs. */
export function WarderProvider({ children, initialUser, stepUp }: ProviderProps) {
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
      {stepUp && <StepUp dialog={stepUp} />}
    </AuthContext>
  )
}

/** The same functions for the whole life of a provider, so that an effect may depend on them. */
function actionsOf(learn: (user: Me | null) => void): Omit<Auth, 'user' | 'status'> {
  const refresh = async () => learn(await askSession())
  async function enter(path: string, body: object) {
    const said = await ask<{ user?: User } | undefined>(path, body)
    if (path === '/register' && !said?.user) throw registrationMailed()
    if (!readCsrf()) throw WarderError.cookiesDropped(location.origin)
    await refresh()
    announce()
  }
  /** The ticket is in a cookie. Where it came back as none, it may have been dropped. */
  async function enterSecond<T>(step: () => Promise<T>): Promise<T> {
    return step().catch((error: WarderError) => {
      throw error.status === 401 && !isSecureContext ? WarderError.cookiesDropped(location.origin) : orEnded(error)
    })
  }
  async function enterByPasskey(path: string, credential: object | null, more: object = {}): Promise<boolean> {
    if (!credential) return false
    await enter(path, { ...more, credential }).catch((error: WarderError) => {
      throw orPasskeyRefused(error)
    })
    return true
  }
  return {
    authFetch,
    refresh,
    login: (credentials) => enter('/login', credentials),
    register: (account) => enter('/register', account),
    requestSignInMail: (email) => ask('/login/email', { email }),
    loginByMail: (proof) =>
      enter('/login/email/confirm', proof).catch((error: WarderError) => {
        throw orMailEnded(error, proof)
      }),
    loginMfa: (proof) => enterSecond(() => enter('/login/mfa', proof)),
    loginMfaWithPasskey: ({ signal, ...more } = {}) =>
      enterSecond(async () => {
        const begin = () => ask<RequestCeremony>('/login/mfa/passkey', {})
        return enterByPasskey('/login/mfa', await choosePasskey(begin, signal && { signal }), more)
      }),
    loginWithPasskey: async (options) => enterByPasskey('/passkeys/login', await choosePasskey(() => beginLogin(options), options)),
    async logout(to = '/login') {
      await ask('/logout', {})
      announce()
      location.replace(BASE_PATH + safeNext(to, '/login'))
    },
    redirectAfterLogin: (fallback = '/') =>
      location.assign(BASE_PATH + safeNext(new URLSearchParams(location.search).get('next'), fallback)),
  }
}

/** Nobody has asked for what waits in a list: why it cannot is said only where an app may want to hide its button. */
async function beginLogin({ autofill }: CeremonyOptions = {}): Promise<RequestCeremony | null> {
  try {
    return await ask<RequestCeremony>('/passkeys/login/options', {})
  } catch (error) {
    if (autofill && (error as WarderError).code !== 'not_configured') return null
    throw error
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
