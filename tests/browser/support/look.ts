import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { expect } from './test.ts'

/** A picture for a person; axe finds nothing, nothing sticks out, and a finger finds each control. `without`: axe's rules that do not apply. */
export async function look(page: Page, name: string, without: string[] = []): Promise<void> {
  await page.screenshot({ path: `${process.env.BROWSER_TEST_APP}/../screenshots/${name}.png`, fullPage: true })
  const { violations } = await new AxeBuilder({ page }).disableRules(without).analyze()
  expect(
    violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`),
    name,
  ).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), `${name} scrolls sideways`).toBeLessThanOrEqual(0)
  const small = await page
    .locator('nav a:visible, button:visible, .button:visible, input:visible')
    .evaluateAll((all) => all.filter((each) => each.getBoundingClientRect().height < 43.9).map((each) => each.outerHTML))
  expect(small, `${name}: a finger needs 44 px`).toEqual([])
}
