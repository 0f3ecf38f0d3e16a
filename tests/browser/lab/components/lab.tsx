'use client'
// Put beside the starter's own pages by the browser tests only: buttons for what a script of an app asks of the package.
import { useState, type FormEvent } from 'react'
import type { WarderError } from 'warder-nextjs'
import { useAuth } from 'warder-nextjs/client'

/** authFetch() takes a whole path, as fetch() does. */
const ME = `${process.env.__NEXT_ROUTER_BASEPATH ?? ''}/api/auth/me`

export function Lab() {
  const { user, status, login, loginMfa, register, redirectAfterLogin, authFetch } = useAuth()
  const [said, setSaid] = useState('')
  const call = (path: string, init?: RequestInit) =>
    authFetch(path, init).then(
      (answer) => answer.status,
      (error: Error) => error.message,
    )
  const eight = async () => setSaid((await Promise.all(Array.from({ length: 8 }, () => call(ME)))).join())
  const rename = async () =>
    setSaid(String(await call(ME, { method: 'PATCH', headers: { 'content-type': 'application/json' }, body: '{"name":"Ann"}' })))
  const enter = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { name, email, password, code } = Object.fromEntries(new FormData(event.currentTarget)) as Record<string, string>
    const ways = {
      login: () => login({ email, password }),
      mfa: () => loginMfa({ code }),
      register: () => register({ name, email, password }),
    }
    setSaid('')
    await ways[(event.nativeEvent as SubmitEvent).submitter!.id as keyof typeof ways]().then(
      () => setSaid('done'),
      (error: WarderError) => setSaid(JSON.stringify({ ...error, message: error.message })),
    )
  }
  return (
    <section className="panel">
      <h1>Lab</h1>
      <p data-testid="auth">
        {status} {user?.email}
      </p>
      <button onClick={eight}>Eight calls</button>
      <button onClick={rename}>Rename</button>
      <button onClick={() => redirectAfterLogin('/account')}>Go on</button>
      <form className="stack" onSubmit={enter} noValidate>
        <label>
          Name <input name="name" />
        </label>
        <label>
          Email <input name="email" />
        </label>
        <label>
          Password <input name="password" type="password" />
        </label>
        <label>
          Code <input name="code" />
        </label>
        <button id="login">Sign in</button>
        <button id="mfa">Second step</button>
        <button id="register">Create account</button>
      </form>
      <output data-testid="said">{said}</output>
    </section>
  )
}
