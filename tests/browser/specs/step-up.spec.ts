import type { Page } from '@playwright/test'
import { FingerprintReader } from '../support/authenticator.ts'
import { look } from '../support/look.ts'
import { addPhone, expect, PASSWORD, signIn, test } from '../support/test.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const password = (page: Page) => page.getByRole('textbox', { name: 'Password', exact: true })

test('a dialog asks, by password or passkey, and what waited for it goes on', async ({ page, context, email, stack }) => {
  await FingerprintReader.of(context, page)
  await signIn(page, email)
  await addPhone(page)
  await stack.growOld(email)
  await page.goto('/account')
  const dialog = page.getByRole('dialog', { name: 'Please confirm that it is you' })

  await button(page, 'Make new ones').click()
  await expect(dialog).toBeVisible()
  await expect(password(page)).toBeFocused()
  await look(page, 'dialog-wide-light')
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('list', { name: 'Recovery codes' })).toHaveCount(0)

  await button(page, 'Make new ones').click()
  await password(page).fill('not this one')
  await button(page, 'Confirm').click()
  await expect(password(page)).toHaveAccessibleDescription('Wrong password')
  await password(page).fill(PASSWORD)
  await button(page, 'Confirm').click()
  await expect(dialog).toBeHidden()
  await expect(page.getByRole('list', { name: 'Recovery codes' }).getByRole('listitem')).toHaveCount(10)

  await stack.growOld(email)
  await button(page, 'Add a passkey').click() // a script's call, by authFetch()
  await password(page).fill(PASSWORD)
  await button(page, 'Confirm').click()
  await expect(button(page, 'Remove Chrome on Linux')).toBeVisible()

  await stack.growOld(email)
  await button(page, 'Remove Chrome on Linux').click()
  await dialog.getByRole('button', { name: 'Use a passkey' }).click()
  await expect(page.getByText('The passkey is removed.')).toBeVisible()
})

test('without JavaScript a page asks, and comes back', async ({ browser, baseURL, email, stack }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL: baseURL! })
  const page = await context.newPage()
  await signIn(page, email)
  await addPhone(page)
  await stack.growOld(email)
  await page.goto('/account?tab=factors')
  await button(page, 'Remove Phone').click()
  await expect(page).toHaveURL(/^[^?]*\/account\/confirm\?next=%2Faccount%3Ftab%3Dfactors&methods=/)
  await expect(page.getByRole('heading', { name: 'Please confirm that it is you' })).toBeVisible()
  await password(page).fill('not this one')
  await button(page, 'Confirm').click()
  await expect(password(page)).toHaveAccessibleDescription('Wrong password')
  await password(page).fill(PASSWORD)
  await button(page, 'Confirm').click()
  await expect(page).toHaveURL('/account?tab=factors')
  await button(page, 'Remove Phone').click()
  await expect(page.getByText('The authenticator app is removed.')).toBeVisible()
  await expect(button(page, 'Make new ones'), 'the codes went with it').toHaveCount(0)
  await context.close()
})
