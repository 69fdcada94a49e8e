import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { say } from '../../src/platform/languages.ts'
import { readEnvironment } from '../../src/settings.ts'
import { project, run } from './praya.ts'

const faultsOf = (environment: Record<string, string>) =>
  readEnvironment(environment).faults.map(({ text, values }) => say(text, 'en', values))

test('without any setting Praya serves a demonstration on this machine only', () => {
  const { settings, faults } = readEnvironment({ HOME: '/root', PATH: '/bin', PORT: '3000' })
  assert.deepEqual(faults, [])
  const { PRAYA_HOST, PRAYA_PORT, PRAYA_DEMONSTRATION, PRAYA_PRODUCTION, PRAYA_SESSION_SECRET } = settings
  assert.deepEqual(
    [PRAYA_HOST, PRAYA_PORT, PRAYA_DEMONSTRATION, PRAYA_PRODUCTION, PRAYA_SESSION_SECRET],
    ['127.0.0.1', 8080, true, false, undefined],
  )
})

const secret = 's'.repeat(32)

// biome-ignore format: a table
const demonstrations: [environment: Record<string, string>, open: boolean][] = [
  [{}, true],
  [{ PRAYA_HOST: 'localhost' }, true],
  [{ PRAYA_HOST: '::1' }, true],
  [{ PRAYA_HOST: '0.0.0.0' }, false],
  [{ PRAYA_HOST: '192.168.1.7' }, false],
  [{ PRAYA_HOST: '127.0.0.1.example.org' }, false],
  [{ PRAYA_HOST: '0.0.0.0', PRAYA_DEMONSTRATION: '1' }, true],
  [{ PRAYA_DEMONSTRATION: '0' }, false],
  [{ PRAYA_PRODUCTION: '1', PRAYA_SESSION_SECRET: secret }, false],
]
test('a demonstration is open to other machines only when somebody says so', () => {
  for (const [environment, open] of demonstrations)
    assert.equal(readEnvironment(environment).settings.PRAYA_DEMONSTRATION, open, JSON.stringify(environment))
})

// biome-ignore format: a table
const cases: [name: string, written: string, sentence: RegExp | undefined][] = [
  ['PRAYA_PORT', '0', undefined],
  ['PRAYA_PORT', ' 8081 ', undefined],
  ['PRAYA_PORT', '', undefined],
  ['PRAYA_PORT', '65536', /^PRAYA_PORT must be a whole number from 0 to 65535, and is “65536”\.$/],
  ['PRAYA_PORT', '-1', /whole number/],
  ['PRAYA_PORT', '80.5', /whole number/],
  ['PRAYA_PORT', '0x50', /whole number/],
  ['PRAYA_PORT', '8e3', /whole number/],
  ['PRAYA_PRODUCTION', 'no', undefined],
  ['PRAYA_PRODUCTION', 'OFF', undefined],
  ['PRAYA_PRODUCTION', 'maybe', /^PRAYA_PRODUCTION must be 1 \(yes\) or 0 \(no\), and is “maybe”\.$/],
  ['PRAYA_LOG_LEVEL', 'loud', /^PRAYA_LOG_LEVEL must be one of trace, debug, .*, and is “loud”\.$/],
  ['PRAYA_LANGUAGE', 'zh', /must be one of zh-Hant, en, zh-Hans/],
  ['PRAYA_DATABASE_URL', 'postgres://me@host/praya', undefined],
  ['PRAYA_DATABASE_URL', 'mysql://me:hidden@host/praya', /^PRAYA_DATABASE_URL must be an address that begins with postgres:\/\/, postgresql:\/\/\.$/],
  ['PRAYA_DATABASE_URL', 'postgres://', /must be an address/],
  ['PRAYA_FILES_URL', 'https://bucket', /must be an address that begins with s3:\/\//],
  ['PRAYA_PUBLIC_URL', 'www.example.gov', /must be an address that begins with http:\/\/, https:\/\//],
  ['PRAYA_SESSION_SECRET', 'hidden', /^PRAYA_SESSION_SECRET must have at least 32 characters\.$/],
  ['PRAYA_POTR', '1', /^PRAYA_POTR is not a setting of Praya\. Did you mean PRAYA_PORT\?$/],
  ['PRAYA_WHATEVER_ELSE', '1', /^PRAYA_WHATEVER_ELSE is not a setting of Praya\. Remove it/],
  ['PRAYA_toString', '1', /is not a setting of Praya/],
]
for (const [name, written, sentence] of cases)
  test(`${name}=${written} ${sentence ? 'is a fault, said without a secret' : 'is right'}`, () => {
    const faults = faultsOf({ [name]: written })
    assert.equal(faults.length, sentence ? 1 : 0, faults.join())
    if (sentence) assert.match(faults[0]!, sentence)
    assert.doesNotMatch(faults.join(), /hidden/)
  })

test('every fault is reported at once, those between settings too', () => {
  const faults = faultsOf({
    PRAYA_PORT: 'x',
    PRAYA_LOG_LEVEL: 'x',
    PRAYA_DEMONSTRATION: '1',
    PRAYA_PRODUCTION: '1',
    PRAYA_DATABASE_APP_URL: 'postgres://weak@host/praya',
    PRAYA_POPULATION_REGISTER_URL: 'http://register.example/',
    PRAYA_HOTS: 'x',
  })
  assert.equal(faults.length, 9)
  for (const part of [
    'PRAYA_PORT must',
    'PRAYA_LOG_LEVEL must',
    'cannot both be set',
    'needs PRAYA_SESSION_SECRET',
    'needs PRAYA_VAULT_SECRET',
    'needs PRAYA_PUBLIC_URL',
    'needs a PRAYA_POPULATION_REGISTER_URL that begins with https',
    'needs PRAYA_DATABASE_URL',
    'Did you mean PRAYA_HOST?',
  ])
    assert.ok(
      faults.some((fault) => fault.includes(part)),
      part,
    )
})

test('docs/reference/settings.md says what the table says', async () => {
  const { out } = await run(['docs', '--check'])
  assert.doesNotMatch(out, /settings\.md/)
  assert.match(
    readFileSync(join(project, 'docs/reference/settings.md'), 'utf8'),
    /\| `PRAYA_PORT` \| 0 to 65535 \| `8080` \|/,
  )
})
