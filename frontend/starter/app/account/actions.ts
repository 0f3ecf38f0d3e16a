'use server'
import { revalidatePath } from 'next/cache'
import { redirect } from 'next/navigation'
import { formProblem, type FormState } from 'warder-nextjs'
import { requireUser, warderFetch } from 'warder-nextjs/server'

export async function rename(_: FormState, form: FormData): Promise<FormState> {
  await requireUser()
  try {
    await warderFetch('/me', { method: 'PATCH', body: { name: form.get('name') } })
  } catch (error) {
    return formProblem(error, form)
  }
  revalidatePath('/account')
  return { done: true, message: 'Your name is saved.' }
}

export async function changePassword(_: FormState, form: FormData): Promise<FormState> {
  await requireUser()
  try {
    await warderFetch('/me/password', {
      method: 'POST',
      body: { current_password: form.get('current_password'), new_password: form.get('new_password') },
    })
  } catch (error) {
    return formProblem(error)
  }
  revalidatePath('/account')
  return { done: true, message: 'Your password is changed. Your other sessions have ended.' }
}

export async function endSession(_: FormState, form: FormData): Promise<FormState> {
  await requireUser()
  try {
    await warderFetch(`/me/sessions/${encodeURIComponent(String(form.get('session')))}`, { method: 'DELETE' })
  } catch (error) {
    return formProblem(error)
  }
  revalidatePath('/account')
  return { done: true, message: 'The session has ended.' }
}

export async function signOutEverywhere(): Promise<void> {
  await requireUser()
  await warderFetch('/logout/all', { method: 'POST' })
  redirect('/login')
}

export async function deleteAccount(_: FormState, form: FormData): Promise<FormState> {
  await requireUser()
  try {
    await warderFetch('/me', { method: 'DELETE', body: { password: form.get('password') } })
  } catch (error) {
    return formProblem(error)
  }
  redirect('/')
}
