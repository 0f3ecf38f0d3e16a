import { askAsUser } from './browser.js'
import { mailsBy } from './mails.js'

/** What people do by mail, for pages of your own making: `await mails.forgotPassword(email)`. */
export const mails = mailsBy((path, body) => askAsUser('POST', path, body))
