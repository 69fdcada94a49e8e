import { texts, usePage } from '#platform'
import type { LogNote } from './types.ts'

const words = texts({
  command: { en: 'The command', 'zh-Hant': '指令' },
  ed25519: { en: 'Key, Ed25519', 'zh-Hant': '密鑰，Ed25519' },
  lattice: {
    en: 'Key, ML-DSA-44, which a quantum computer does not forge either',
    'zh-Hant': '密鑰，ML-DSA-44，量子電腦亦不能偽造',
  },
})

/** C2SP signed-note, Verifier keys: the type is the first octet of the key. */
const isLattice = (vkey: string) => Buffer.from(vkey.split('+').at(-1)!.slice(0, 4), 'base64')[0] === 6

/** How to check a log, and the keys by which: the short one stands in the command. */
export function KeyLines({ address, log: { path, keys } }: { address: string; log: LogNote }) {
  const { say } = usePage()
  const short = keys.find((key) => !isLattice(key)) ?? keys[0] ?? ''
  return (
    <dl class="keys">
      <dt>{say(words.command)}</dt>
      <dd>
        <code>
          ./praya ledger fsck {address}
          {path} --key '{short}'
        </code>
      </dd>
      {keys.map((key) => (
        <>
          <dt>{say(isLattice(key) ? words.lattice : words.ed25519)}</dt>
          <dd>
            <code>{key}</code>
          </dd>
        </>
      ))}
    </dl>
  )
}
