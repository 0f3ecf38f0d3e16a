'use server'
import { headers } from 'next/headers.js'
import { redirect } from 'next/navigation'
import { formProblem, type FormState } from './form-state.js'
import { safeNext } from './safe-next.js'
import { signIn, signOut, signUp } from './sign-in.js'

/** For `useActionState` and `<form action>`: signs in with `email` and `password`, then goes to `next` of the form or the URL, else to `home` of the form, else to /. */
export async function login(_: FormState, form: FormData): Promise<FormState> {
  return enter(() => signIn({ email: text(form, 'email'), password: text(form, 'password') }), form)
}

/** Creates the account of `email`, `password` and `name`, if any, signs in and goes on as `login` does. */
export async function register(_: FormState, form: FormData): Promise<FormState> {
  return enter(() => signUp({ email: text(form, 'email'), password: text(form, 'password'), name: text(form, 'name') }), form)
}

/** Ends this session and goes to `to` of the form, or to /login. Where Warder is away nothing ends, and it throws. */
export async function logout(form?: FormData): Promise<void> {
  await signOut()
  redirect(safeNext(form?.get('to'), '/login'))
}

async function enter(sign: () => Promise<unknown>, form: FormData): Promise<FormState> {
  try {
    await sign()
  } catch (error) {
    return formProblem(error, form)
  }
  redirect(safeNext(form.get('next') ?? (await nextOfUrl()), safeNext(form.get('home'))))
}

/** A form posts to the URL it stands on, so the page need not read ?next= and can stay static (and work without JavaScript). */
async function nextOfUrl(): Promise<string | null> {
  const head = await headers()
  try {
    return new URL(head.get('x-warder-path') ?? head.get('referer') ?? '', 'http://here.invalid').searchParams.get('next')
  } catch {
    return null
  }
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
