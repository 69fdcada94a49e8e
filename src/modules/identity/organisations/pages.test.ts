import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { aBrowser } from '../../../../test/browser/browser.ts'
import { examine } from '../../../../test/browser/examine.ts'

const started = await start()
const { app, sql } = started
const { somebody, post, codeOf } = actingIn(started)
const address = await app.listen({ port: 0, host: '127.0.0.1' })
const browser = await aBrowser()

test('an administrator reads and changes the people of an organisation on a phone, by keyboard and in the dark', async () => {
  const organisation = 'counting-house'
  const [ann, bob] = [
    await somebody({ organisation, roles: ['identity-administrator'] }),
    await somebody({ organisation, roles: ['identity-administrator'] }),
  ]
  const path = `/office/organisations/${organisation}/people`
  await post(ann, path, { code: await codeOf(await somebody()), role: 'mandate-officer', ends: '2999-01-31' })
  const helped = await somebody()
  await post(helped, '/account/mandates', { code: await codeOf(bob), kind: 'helper', ends: tomorrow() })
  await codeOf(bob)
  const context = await browser.newContext({ reducedMotion: 'reduce' })
  const [name, value] = bob.headers.cookie.split('=')
  await context.addCookies([{ name: name!, value: value!, url: address }])
  const page = await context.newPage()
  for (const [language, tag] of [
    ['eng', 'en'],
    ['han', 'zh-Hant'],
  ] as const)
    for (const each of [path, '/account/acting', '/account/mandates', '/account/organisations', '/office/roles']) {
      const { wrong } = await examine(page, `${address}/${language}${each}`, tag, 200)
      assert.deepEqual(wrong, [], `${language} ${each}`)
    }
  await page.goto(`${address}/eng${path}`)
  await page.getByRole('button', { name: /^Approve/ }).click()
  await page.waitForLoadState()
  const pending = await sql`select 1 from identity.role_grant where approved_at is null`
  assert.equal(pending.length, 0)
})

const tomorrow = () => new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)
