import { formProblem, textOf, type FormState } from './form-state.js'
import { SENTENCES, type Sentences } from './sentences.js'

/** What an action of a guest's page does by mail, and says: which sentence, where it went well. */
export async function byMail(form: FormData, work: () => Promise<keyof Sentences>): Promise<FormState> {
  try {
    const code = await work()
    return { done: true, code, message: SENTENCES[code], values: form.has('email') ? { email: textOf(form, 'email') } : {} }
  } catch (error) {
    return formProblem(error, form)
  }
}
