import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languages, say, simplify } from '#platform'
import { start } from '#test'
import identity from '../../src/modules/identity/module.ts'
import { probe } from './probe.tsx'

const { app, as } = await start({ modules: [identity, probe] })
const browser = { accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

const open = (url: string, headers: Record<string, string> = {}) =>
  app.inject({ url, headers: { ...browser, ...headers } })
const languageOf = (body: string) => /<p id="language">([^<]*)</.exec(body)?.[1]

test('an address without a language leads a browser to the page in the language that suits it, query and all', async () => {
  // biome-ignore format: matrix
  const cases = [
    // cookie    Accept-Language                                leads to
    [undefined,  undefined,                                     '/eng'],
    [undefined,  'en',                                          '/eng'],
    [undefined,  'en-GB,en;q=0.9',                              '/eng'],
    [undefined,  'zh-HK',                                       '/han'],
    [undefined,  'zh-TW,zh;q=0.9,en;q=0.8',                     '/han'],
    [undefined,  'zh-Hant-MO',                                  '/han'],
    [undefined,  'zh-CN,zh;q=0.9',                              '/jian'],
    [undefined,  'zh-Hans-HK',                                  '/jian'],
    [undefined,  'en;q=0.5,zh-TW;q=0.6',                        '/han'],
    [undefined,  'en;q=0.6, zh-TW;q=0.5',                       '/eng'],
    [undefined,  'zh-TW;q=0,zh-CN;q=0.1',                       '/jian'],
    [undefined,  'pt-PT,pt;q=0.9,zh-CN;q=0.1',                  '/jian'],
    [undefined,  'pt-PT',                                       '/eng'],
    [undefined,  '*',                                           '/eng'],
    [undefined,  'english',                                     '/eng'],
    [undefined,  'zh-TW;q=nonsense,en;q=0.1',                   '/eng'],
    [undefined,  ';;,,;q=1,=',                                  '/eng'],
    [undefined,  `${'pt,'.repeat(5000)}zh-TW`,                  '/eng'],
    ['zh-Hans',  'en',                                          '/jian'],
    ['en',       'zh-TW',                                       '/eng'],
    ['xx',       'zh-TW',                                       '/han'],
    ['__proto__', 'zh-TW',                                      '/han'],
  ] as const
  for (const [chosen, asked, prefix] of cases) {
    const response = await open('/probe/open?a=1&b=%E6%B5%B7', {
      ...(chosen && { cookie: `praya_language=${chosen}` }),
      ...(asked !== undefined && { 'accept-language': asked }),
    })
    assert.equal(response.statusCode, 302, `${chosen} ${asked?.slice(0, 40)}`)
    assert.equal(response.headers.location, `${prefix}/probe/open?a=1&b=%E6%B5%B7`, `${chosen} ${asked?.slice(0, 40)}`)
    assert.match(String(response.headers.vary), /accept-language, cookie/)
  }
})

test('the language in the address wins over all that a browser asks, and is remembered', async () => {
  const response = await open('/han/probe/open', { cookie: 'praya_language=en', 'accept-language': 'zh-CN' })
  assert.equal(languageOf(response.body), 'zh-Hant')
  const remembered = response.cookies.find(({ name }) => name === 'praya_language')
  assert.equal(remembered?.value, 'zh-Hant')
  assert.equal(remembered?.httpOnly, true)

  const again = await open('/han/probe/open', { cookie: 'praya_language=zh-Hant' })
  assert.equal(again.headers['set-cookie'], undefined, 'nothing is set that is set already')
})

test('one address is a page or data, by its end or by what is asked for', async () => {
  const data = JSON.stringify({ text: 'open' })
  // biome-ignore format: matrix
  const cases = [
    // address                 Accept                                   answer
    ['/probe/open',            undefined,                               'data'],
    ['/probe/open',            '*/*',                                   'data'],
    ['/probe/open',            'application/json',                      'data'],
    ['/probe/open',            'application/json, text/html;q=0.5',     'data'],
    ['/probe/open',            'text/html;q=0.5, application/json',     'data'],
    ['/probe/open',            'text/html;q=0',                         'data'],
    ['/probe/open',            'nonsense',                              'data'],
    ['/eng/probe/open',         'text/html',                             'page'],
    ['/eng/probe/open',         browser.accept,                          'page'],
    ['/eng/probe/open',         'text/html, application/json;q=0.9',     'page'],
    ['/eng/probe/open',         'TEXT/HTML',                             'page'],
    ['/probe/open.json',       browser.accept,                          'data'],
    ['/han/probe/open.json',    browser.accept,                          'data'],
    ['/probe/open.json?a=1',   browser.accept,                          'data'],
    ['/probe/open.JSON',       browser.accept,                          'none'],
    ['/probe/open.json.json',  browser.accept,                          'none'],
    ['/probe/open.xml',        browser.accept,                          'none'],
  ] as const
  for (const [url, accept, answer] of cases) {
    const response = await app.inject({ url, headers: accept === undefined ? {} : { accept } })
    const what = `${url} for ${accept}`
    assert.equal(response.statusCode, answer === 'none' ? 404 : 200, what)
    if (answer === 'page') assert.match(String(response.headers['content-type']), /^text\/html/, what)
    if (answer === 'data') assert.equal(response.body, data, what)
    if (answer !== 'none') assert.match(String(response.headers.vary), /accept/, what)
  }
  assert.equal((await app.inject({ url: '/developers/openapi.json' })).json().openapi, '3.1.0')
})

test('a prefix that is no language of this government is part of the address, and leads nowhere', async () => {
  for (const prefix of ['fr', 'EN', 'zh', 'zh-Hant', 'en', 'hanx', '%68an'])
    assert.equal((await open(`/${prefix}/probe/open`)).statusCode, 404, prefix)
  for (const address of ['/han', '/han/', '/han.json', '/han/.json', '/.json'])
    assert.ok((await open(address)).statusCode < 500, address)
})

test('every page offers itself in every language with its query, to people and to machines', async () => {
  const { body } = await open('/han/sign-in?next=/probe/mine%3Fa%3D1')
  for (const prefix of ['eng', 'han', 'jian']) {
    const address = `/${prefix}/sign-in?next=/probe/mine%3Fa%3D1`
    const language = { eng: 'en', han: 'zh-Hant', jian: 'zh-Hans' }[prefix]!
    assert.match(body, new RegExp(`<link rel="alternate" hreflang="${language}" href="${escaped(address)}"`))
    if (prefix !== 'han') assert.match(body, new RegExp(`<a href="${escaped(address)}" hreflang="${language}"`))
  }
  assert.match(body, /<link rel="alternate" hreflang="x-default" href="\/sign-in\?next=\/probe\/mine%3Fa%3D1"/)
  assert.match(body, /<html lang="zh-Hant">/)
})

test('no address makes a page link to another host', async () => {
  for (const address of [
    '//evil.example/account',
    '/eng//evil.example/account',
    '/eng/\\\\evil.example',
    '///evil.example',
  ]) {
    const { body } = await open(address)
    assert.doesNotMatch(body, /href="[/\\]{2}/, address)
  }
})

test('a page that answers a form offers the page of the form in every language, which is there', async () => {
  const headers = { ...browser, 'content-type': 'application/x-www-form-urlencoded' }
  const answered = await app.inject({
    method: 'POST',
    url: '/eng/sign-in/passkey?next=/probe/mine',
    headers,
    payload: 'challenge=3f0f0e2e-4c5b-4e8b-9d8e-0c7a3f1c2b11&response={}&next=/probe/mine',
  })
  const [, address] = /<a href="([^"]+)" hreflang="zh-Hant"/.exec(answered.body)!
  assert.equal(address, '/han/sign-in?next=/probe/mine')
  assert.equal((await open(address!)).statusCode, 200)
  // What was refused at an address below that of its page, and one that is no address at all.
  const refused = await app.inject({ method: 'POST', url: '/eng/sign-in', headers, payload: 'person=nobody' })
  assert.match(refused.body, /<a href="\/han\/sign-in" hreflang="zh-Hant"/)
  const none = await app.inject({ method: 'POST', url: '/eng/no-such-page', headers, payload: '' })
  assert.match(none.body, /<a href="\/han\/no-such-page" hreflang="zh-Hant"/)
})

test('a HEAD request is answered as its GET would be', async () => {
  const headers = { ...browser, 'accept-language': 'en' }
  for (const url of ['/probe/open', '/eng/probe/open', '/probe/open.json', '/probe/mine', '/none']) {
    const [get, head] = [await app.inject({ url, headers }), await app.inject({ method: 'HEAD', url, headers })]
    assert.equal(head.statusCode, get.statusCode, url)
    assert.equal(head.headers.location, get.headers.location, url)
    assert.equal(head.headers['content-type'], get.headers['content-type'], url)
    assert.equal(head.body, '', url)
  }
})

test('who is signed in keeps the language', async () => {
  const response = await open('/jian/probe/mine', await as())
  assert.equal(languageOf(response.body), 'zh-Hans')
})

test('Simplified Chinese is drafted from Traditional, where nothing better is written', () => {
  assert.deepEqual([...languages], ['zh-Hant', 'en', 'zh-Hans'])
  const text = { en: 'Software', 'zh-Hant': '裏面的軟件系統' }
  assert.equal(say(text, 'zh-Hans'), '里面的软件系统')
  assert.equal(say({ ...text, 'zh-Hans': '软件' }, 'zh-Hans'), '软件')
  assert.equal(simplify('匯入預算總目'), '汇入预算总目')
  assert.equal(simplify('伺服器的程式碼和原始碼、應用程式、訊息、搜尋'), '服务器的代码和源代码、应用程序、消息、搜索')
  assert.equal(simplify('方程式'), '方程式')
  assert.equal(simplify('覆核帳戶有甚麼「紀錄」'), '复核账户有什么“纪录”')
})

test('a sentence takes its values as they are, and a missing one is a bug', () => {
  const text = { en: 'Hello {name}, {name}', 'zh-Hant': '{name}你好' }
  assert.equal(say(text, 'en', { name: '{name} $& $1' }), 'Hello {name} $& $1, {name} $& $1')
  assert.equal(say(text, 'zh-Hans', { name: '體' }), '體你好', 'a value is not converted: it may be a name')
  assert.throws(() => say(text, 'en', { other: 1 }), /No value for \{name\}/)
})

const escaped = (text: string) => text.replaceAll('&', '&amp;').replace(/[?.*+]/g, '\\$&')
