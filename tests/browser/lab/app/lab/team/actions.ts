'use server'
import { redirect } from 'next/navigation'
import { formProblem, type FormState } from 'warder-nextjs'
import { afterSignIn, getUser, signUp } from 'warder-nextjs/server'

const text = (form: FormData, name: string) => String(form.get(name) ?? '')

/** The README's recipe: an account, and with it a row of the app's own. */
export async function found(_: FormState, form: FormData): Promise<FormState> {
  let team: string
  try {
    const user = await signUp({ email: text(form, 'email'), password: text(form, 'password') })
    team = `${text(form, 'team')} of ${user.email} ${user.id === (await getUser())?.id}`
  } catch (error) {
    return formProblem(error, form, ['email', 'team'])
  }
  const to = await afterSignIn(form)
  redirect(`${to}${to.includes('?') ? '&' : '?'}team=${encodeURIComponent(team)}`)
}
