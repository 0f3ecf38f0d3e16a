'use server'
import { headers } from 'next/headers.js'
import { redirect } from 'next/navigation'
import { afterSignIn } from './after-sign-in.js'
import { formProblem, type FormState } from './form-state.js'
import { safeNext } from './safe-next.js'
import { signIn, signOut, signUp } from './sign-in.js'

/** For `useActionState` and `<form action>`: signs in with `email` and `password`, then goes where `afterSignIn()` says. */
export async function login(_: FormState, form: FormData): Promise<FormState> {
  return enter(() => signIn({ email: text(form, 'email'), password: text(form, 'password') }), form)
}

/** Creates the account of `email`, `password` and `name`, if any, signs in and goes on as `login` does. */
export async function register(_: FormState, form: FormData): Promise<FormState> {
  return enter(() => signUp({ email: text(form, 'email'), password: text(form, 'password'), name: text(form, 'name') }), form)
}

/** Ends this session and goes to `to` of the form, or to the sign-in page of `warderProxy()`. Where Warder is away nothing ends, and it throws. */
export async function logout(form?: FormData): Promise<void> {
  await signOut()
  redirect(safeNext(form?.get('to'), safeNext((await headers()).get('x-warder-login'), '/login')))
}

async function enter(sign: () => Promise<unknown>, form: FormData): Promise<FormState> {
  try {
    await sign()
  } catch (error) {
    return formProblem(error, form)
  }
  redirect(await afterSignIn(form))
}

function text(form: FormData, name: string): string {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}
