import { headers } from 'next/headers.js'
import { pageOf } from './after-sign-in.js'
import { confirmFirst } from './confirm.js'
import { formProblem, type FormState } from './form-state.js'
import { SENTENCES } from './sentences.js'
import { requireUser } from './server.js'

type Said = NonNullable<FormState> & { code?: keyof typeof SENTENCES }

/**
 * What an action of the account page does, and says: in words, with `stays` where it was refused. The page is made anew. A guest goes
 * to sign in, and where a fresh proof is wanted the visitor goes there first.
 */
export async function accountChange(form: FormData, stays: NonNullable<FormState>, change: () => Promise<Said>): Promise<FormState> {
  await requireUser()
  let said: Said
  try {
    said = await change()
  } catch (error) {
    await confirmFirst(error, form)
    return { ...formProblem(error, form), ...stays }
  }
  const { revalidatePath } = await import('next/cache')
  revalidatePath(pageOf(await headers())?.pathname ?? '/')
  return said.code ? { ...said, message: SENTENCES[said.code] } : said
}

/** Such a path, with the form's `id`. */
export const withId = (path: string, form: FormData): string => path + encodeURIComponent(String(form.get('id')))
