import assert from 'node:assert/strict'
import { test } from 'node:test'
import { start } from '#test'
import { actingIn } from '../../../../test/acting.ts'
import { pages } from './pages.search.ts'

const started = await start()
const { app } = started
const { somebody } = actingIn(started)
const found = async (text: string): Promise<{ path: string }[]> =>
  (await app.inject({ url: `/search?q=${encodeURIComponent(text)}` })).json().results

// biome-ignore format: matrix
const asked: readonly [words: string, path: string][] = [
  ['sign in',            '/sign-in'],            ['登入',         '/sign-in'],            ['登录',         '/sign-in'],
  ['open an account',    '/sign-in/new'],        ['開立帳戶',     '/sign-in/new'],        ['注册',         '/sign-in/new'],
  ['lost phone',         '/sign-in/recovery'],   ['無法登入',     '/sign-in/recovery'],   ['复原码',       '/sign-in/recovery'],
  ['my account',         '/account'],            ['我的帳戶',     '/account'],            ['我的账户',     '/account'],
  ['consent',            '/account/consents'],   ['撤回同意',     '/account/consents'],   ['隐私',         '/account/consents'],
  ['passkeys',           '/account/devices'],    ['裝置',         '/account/devices'],    ['通行密钥',     '/account/devices'],
  ['change name',        '/account/profile'],    ['更改姓名',     '/account/profile'],    ['电邮',         '/account/profile'],
  ['delete account',     '/account/close'],      ['刪除帳戶',     '/account/close'],      ['注销',         '/account/close'],
  ['verify signature',   '/sign/verify'],        ['核對簽署',     '/sign/verify'],        ['电子签署',     '/sign/verify'],
  ['openid connect',     '/developers/clients'], ['客戶端',       '/developers/clients'], ['单一登入',     '/developers/clients'],
]
for (const [words, path] of asked)
  test(`“${words}” finds ${path}`, async () => {
    const paths = (await found(words)).map((each) => each.path)
    assert.ok(paths.includes(path), paths.join(' '))
  })

for (const { path, title } of pages)
  test(`${path} opens under the title by which it is found`, async () => {
    const { headers } = await somebody()
    for (const [prefix, language] of [
      ['eng', 'en'],
      ['han', 'zh-Hant'],
    ] as const) {
      const opened = await app.inject({ url: `/${prefix}${path}`, headers: { ...headers, accept: 'text/html' } })
      // A page for those who are not signed in leads on, who changes much proves first that it is them.
      if (opened.statusCode === 303) continue
      assert.ok(opened.body.includes(`<title>${title[language]} – `), opened.body.slice(0, 300))
    }
  })
