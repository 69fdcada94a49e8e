import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { actingIn } from '../../../../test/acting.ts'
import { aFolder, typed } from '../../../../test/programs.ts'
import { aBrowserAt, aListeningSite } from '../../../../test/relying-party.ts'
import { freePort } from '../../../../test/running/praya.ts'
import { passphraseFile } from './snippets.ts'

const server = '/usr/sbin/apache2'
const modules = '/usr/lib/apache2/modules'
const isInstalled = existsSync(server) && existsSync(`${modules}/mod_auth_openidc.so`)
const needed = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'headers', 'dir', 'auth_openidc']

const started = await aListeningSite()
const { site } = started
const { somebody, post, get } = actingIn(started)
const ann = await somebody({ level: 1 })

for (const kind of ['secret', 'public'])
  test(`Apache signs a person in by the configuration of the page: ${kind}`, async (context) => {
    const address = `http://localhost:${await freePort()}`
    const form = { nameEn: 'Tide tables', kind, addresses: `${address}/callback` }
    const answer = await post(ann, '/developers/clients', form)
    const { client, snippets } = (await get(ann, String(answer.headers.location).replace(/^\/\w+|\?.*$/g, ''))).json()
    for (const line of [`OIDCClientID ${client.id}`, `OIDCRedirectURI ${address}/callback`, 'OIDCPKCEMethod S256'])
      assert.ok(snippets.apache.includes(line), line)
    if (!isInstalled) {
      context.diagnostic(
        'NOT RUN: apache2 with libapache2-mod-auth-openidc is not installed here, so the text alone was compared',
      )
      return
    }
    const folder = aFolder()
    await serveByApache(folder, address, snippets.apache)

    const ask = (url: string) => typed(folder, `curl -s -i -b jar -c jar -H 'accept: text/html' '${url}'`)
    const sent = /^location: (\S+)/im.exec(await ask(`${address}/`))![1]!
    const browser = aBrowserAt(site)
    let page = await browser.open(sent)
    page = await browser.post('/eng/sign-in', { person: 'ada-quay', next: page.url.searchParams.get('next')! })
    if (page.url.origin === site) page = await browser.agree(page)
    await ask(page.url.href)
    const inside = await ask(`${address}/`)
    assert.match(inside, /^HTTP\/1.1 200/)
    assert.match(inside, /^x-user: [\w-]{43}/im)
    assert.match(inside, /The tide is high/)
    assert.doesNotMatch(await typed(folder, `curl -s '${address}/'`), /The tide is high/)
  })

async function serveByApache(folder: string, address: string, configuration: string): Promise<void> {
  mkdirSync(join(folder, 'site'))
  writeFileSync(join(folder, 'site/index.html'), 'The tide is high')
  writeFileSync(join(folder, 'passphrase'), 'a passphrase of the test alone')
  writeFileSync(
    join(folder, 'apache.conf'),
    `ServerName localhost
Listen 127.0.0.1:${new URL(address).port}
PidFile ${folder}/pid
ErrorLog ${folder}/error.log
DocumentRoot ${folder}/site
${needed.map((name) => `LoadModule ${name}_module ${modules}/mod_${name}.so`).join('\n')}
Header always set X-User "expr=%{REMOTE_USER}"
${configuration.replaceAll(passphraseFile, join(folder, 'passphrase'))}`,
  )
  const apache = spawn(server, ['-X', '-f', join(folder, 'apache.conf')])
  after(() => apache.kill('SIGKILL'))
  for (let tries = 0; tries < 200; tries++) {
    assert.equal(apache.exitCode, null, 'Apache takes the configuration')
    if (await fetch(address, { redirect: 'manual' }).catch(() => undefined)) return
    await pause(50)
  }
  throw new Error('Apache does not answer')
}
