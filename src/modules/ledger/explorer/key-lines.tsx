import { Moment, texts, usePage } from '#platform'
import type { LogNote } from './types.ts'

const words = texts({
  command: { en: 'The command', 'zh-Hant': '指令' },
  ed25519: { en: 'Key, Ed25519', 'zh-Hant': '密鑰，Ed25519' },
  lattice: {
    en: 'Key, ML-DSA-44, which a quantum computer does not forge either',
    'zh-Hant': '密鑰，ML-DSA-44，量子電腦亦不能偽造',
  },
  ending: { en: 'Signs beside a newer key until', 'zh-Hant': '與新密鑰同時簽署，直至' },
  retired: {
    en: 'Signs no more. What it signed still holds. Since',
    'zh-Hant': '不再簽署，先前的簽署仍然有效。始於',
  },
  lost: {
    en: 'Lost: others may sign with this key, so accept nothing that it alone signed. Since',
    'zh-Hant': '已報失：他人可能以此密鑰簽署，凡只由它簽署者一概不可接受。始於',
  },
})

/** C2SP signed-note, Verifier keys: name, identifier and key, of which base64 may hold a “+”, too; its first octet is the type. */
export const isLattice = (vkey: string): boolean =>
  Buffer.from(vkey.split('+').slice(2).join('+').slice(0, 4), 'base64')[0] === 6

/** How to check a log, and the keys by which: the short one stands in the command. */
export function KeyLines({
  address,
  log: { path, keys, former },
}: {
  address: string
  log: Pick<LogNote, 'path' | 'keys' | 'former'>
}) {
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
      {[...keys, ...former.flatMap(({ vkey, state }) => (state === 'lost' ? vkey : []))].map((key) => (
        <>
          <dt>{say(isLattice(key) ? words.lattice : words.ed25519)}</dt>
          <dd>
            <code>{key}</code>
            <Former of={former.find(({ vkey }) => vkey === key)} />
          </dd>
        </>
      ))}
    </dl>
  )
}

/** What has become of a key that another one follows. */
function Former({ of }: { of: LogNote['former'][number] | undefined }) {
  const { say } = usePage()
  if (!of) return null
  return (
    <p>
      {say(words[of.state])} <Moment at={of.endsAt} />
    </p>
  )
}
