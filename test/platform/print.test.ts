import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import { test } from 'node:test'
import { twice } from '../../src/platform/print/chromium.ts'
import { printPage } from '../../src/platform/print/printer.ts'

test('a browser that crashes while it starts is started again, once; any other failure is told', async () => {
  const starts = (...messages: string[]) => {
    const left = [...messages]
    return async () => {
      const message = left.shift()
      if (message !== undefined) throw new Error(message)
      return left.length
    }
  }
  const crash = 'browserType.launch: closed\n<process did exit: exitCode=null, signal=SIGSEGV>'
  assert.equal(await twice(starts(crash)), 0)
  await assert.rejects(twice(starts(crash, crash)), /SIGSEGV/)
  await assert.rejects(twice(starts('Timeout 5000 ms exceeded')), /Timeout/)
})

test('a print leaves nothing among the temporary files, not even when it is killed', async () => {
  for (const isKilled of [false, true]) {
    let profile = ''
    const made = printPage({ path: '/', footer: '' }, async () => {
      const listed = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
      const all = listed.split('\n').map((line) => line.trim().split(/\s+/))
      const [pid] = all.find((each) => each[1] === `${process.pid}` && each.some((word) => /print-process/.test(word)))!
      const words = all.filter(([, parent]) => parent === pid).flat()
      profile = words.find((word) => word.startsWith('--user-data-dir='))!.split('=')[1]!
      assert.ok(existsSync(profile))
      if (isKilled) process.kill(Number(pid), 'SIGKILL')
      return { status: 200, headers: { 'content-type': 'text/html' }, body: Buffer.from('<h1>A page</h1>') }
    })
    if (isKilled) await assert.rejects(made, /SIGKILL/)
    else assert.match((await made).toString('latin1'), /^%PDF-/)
    assert.match(dirname(profile), /praya-print-\w+$/, 'a folder of its own holds all of it')
    assert.ok(!existsSync(dirname(profile)))
  }
})
