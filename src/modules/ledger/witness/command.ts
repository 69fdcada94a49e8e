import { hash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Command, recordAct, texts } from '#platform'
import { overlapOf, overlapOptions } from '../ceremonies/overlap.ts'
import { Fault } from '../faults.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { plainly } from '../told.ts'
import { printEvidence } from './evidence.rules.ts'
import { getKeys, rotateKeys, witnessAddress, witnessName } from './keys.ts'
import {
  addKey,
  dropKey,
  findEvidence,
  findWatchedLog,
  keysOfLogMax,
  listEvidence,
  listWatchedLogs,
  removeLog,
} from './witness.sql.ts'

const words = texts({
  add: {
    en: 'Lets the witness of this installation cosign for a log, or know one more key of it.',
    'zh-Hant': '讓本系統的見證者為一個日誌加簽，或認識該日誌的另一條密鑰。',
  },
  vkey: {
    en: 'The verifier key of the log, from its operator: example.com/log+33d7b496+AeHT…',
    'zh-Hant': '日誌的查核密鑰，向其營運者索取：example.com/log+33d7b496+AeHT…',
  },
  remove: {
    en: 'Cosigns for a log no longer, or accepts one key of it no longer. What was cosigned of it stays.',
    'zh-Hant': '不再為一個日誌加簽，或不再接受其一條密鑰；已加簽的紀錄保留。',
  },
  origin: {
    en: 'The name of the log, as its key and its checkpoints have it; or one of its verifier keys',
    'zh-Hant': '日誌名稱，與其密鑰和檢查點所載相同；或其中一條查核密鑰',
  },
  list: {
    en: 'Lists the logs that the witness watches, and what did not fit together.',
    'zh-Hant': '列出見證者監察的日誌，以及不相符的情況。',
  },
  key: {
    en: 'Prints the verifier keys of this witness, one on each line; makes them when there are none.',
    'zh-Hant': '每行印出一條本見證者的查核密鑰；如未有密鑰則產生。',
  },
  rotate: {
    en: 'Gives the witness new keys. The old ones cosign beside them for a while and then retire by themselves.',
    'zh-Hant': '為見證者更換密鑰；舊密鑰在一段時間內同時加簽，其後自行停用。',
  },
  rotated: {
    en: 'From now on {witness} cosigns with these keys too. Give them to whoever has it in a policy.',
    'zh-Hant': '由現在起，{witness} 亦以下列密鑰加簽。請交給在信任政策中列有它的人。',
  },
  lostNow: {
    en: 'From now on {witness} cosigns with these keys alone. Tell whoever has it in a policy, by another way than this machine, that the old ones were lost: no cosignature by them is to be believed.',
    'zh-Hant':
      '由現在起，{witness} 只以下列密鑰加簽。請經本機以外的途徑，通知在信任政策中列有它的人舊密鑰已報失：以舊密鑰作出的加簽一概不可信。',
  },
  evidence: {
    en: 'Prints two checkpoints that do not fit together and what they show, for anybody to check.',
    'zh-Hant': '印出兩個不相符的檢查點及其顯示的情況，供任何人查核。',
  },
  id: { en: 'The number of the evidence, as list prints it', 'zh-Hant': '證據編號，由 list 印出' },
  file: {
    en: 'Where to write it, octet by octet; printed if left out',
    'zh-Hant': '寫入的檔案，逐位元組保存；不填則印出',
  },
  long: {
    en: 'A witness cosigns for names of at most 255 octets.',
    'zh-Hant': '見證者只為不超過 255 位元組的名稱加簽。',
  },
  known: {
    en: 'The log {origin} is watched and has this key, or it has {max} keys and takes no more. Nothing was changed.',
    'zh-Hant': '日誌 {origin} 已在監察中並有這條密鑰，或已有 {max} 條密鑰而不能再加。沒有作出任何改動。',
  },
  added: {
    en: '{origin} is watched. Let it send its checkpoints to {address}',
    'zh-Hant': '已開始監察 {origin}。請讓它把檢查點送交 {address}',
  },
  going: {
    en: 'It goes on from the {size} entries that were cosigned last.',
    'zh-Hant': '由上次加簽的 {size} 個條目繼續。',
  },
  removed: { en: '{origin} is watched no longer.', 'zh-Hant': '已停止監察 {origin}。' },
  dropped: {
    en: 'What this key of {origin} signs is refused from now on.',
    'zh-Hant': '由現在起，{origin} 以這條密鑰簽署的檢查點會被拒絕。',
  },
  notDropped: {
    en: 'This is no key of {origin} here, or its only one. Add another first, or remove the log by its name.',
    'zh-Hant': '這不是 {origin} 在此的密鑰，或是其唯一密鑰。請先加入另一條，或以名稱移除日誌。',
  },
  unknown: { en: 'This witness does not watch {origin}.', 'zh-Hant': '這個見證者沒有監察 {origin}。' },
  none: {
    en: 'No log is watched yet. Add one: ./praya ledger witness add VKEY',
    'zh-Hant': '尚未監察任何日誌。可加入一個：./praya ledger witness add VKEY',
  },
  log: {
    en: '{origin}: {size} entries, cosigned {at}, keys: {keys}',
    'zh-Hant': '{origin}：{size} 個條目，於 {at} 加簽，密鑰 {keys} 條',
  },
  unsigned: { en: '{origin}: nothing cosigned yet, keys: {keys}', 'zh-Hant': '{origin}：尚未加簽，密鑰 {keys} 條' },
  found: {
    en: 'evidence {id}: {kind} by {origin}, seen {at}',
    'zh-Hant': '證據 {id}：{origin} 的 {kind}，發現於 {at}',
  },
  noEvidence: { en: 'There is no evidence {id}.', 'zh-Hant': '沒有證據 {id}。' },
  unwritten: { en: '{path} cannot be written: {why}.', 'zh-Hant': '無法寫入 {path}：{why}。' },
  written: { en: 'Written to {path}.', 'zh-Hant': '已寫入 {path}。' },
})

const originBytesMax = 255

const add: Command = {
  name: 'ledger witness add',
  summary: words.add,
  arguments: [{ name: 'VKEY', about: words.vkey }],
  async run({ arguments: [typed = ''], withInstallation, say, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    let key: ReturnType<typeof parseVerifierKey>
    try {
      key = parseVerifierKey(typed)
      if (key.kind === 'ed25519-cosignature') throw new Fault('witness-key-kind', { name: key.name })
    } catch (error) {
      if (!(error instanceof Fault)) throw error
      warn(say(error.text, error.values))
      return 2
    }
    const origin = key.name
    if (Buffer.byteLength(origin) > originBytesMax) {
      warn(say(words.long))
      return 2
    }
    return withInstallation(async (installation) => {
      const vkey = printVerifierKey(key)
      const added = await installation.sql.begin(async (sql) => {
        if (!(await addKey(sql, { origin, id: hash('sha256', origin), vkey }))) return false
        const detail = { vkey: vkey.slice(0, 200) }
        await recordAct(sql, 'system', { event: 'ledger.log-watched', subject: origin, detail })
        return true
      })
      if (!added) {
        warn(say(words.known, { origin, max: keysOfLogMax }))
        return 1 as const
      }
      print(say(words.added, { origin, address: witnessAddress(installation) }))
      const log = await findWatchedLog(installation.sql, origin)
      if (log?.note) print(say(words.going, { size: `${log.size}` }))
      return 0 as const
    })
  },
}

const remove: Command = {
  name: 'ledger witness remove',
  summary: words.remove,
  arguments: [{ name: 'ORIGIN', about: words.origin }],
  run: ({ arguments: [given = ''], withInstallation, say, ...out }) =>
    withInstallation(async (installation) => {
      // A name has no plus, and a verifier key has two: C2SP signed-note.
      const [origin = '', ofKey] = given.split('+', 2)
      const removed = await installation.sql.begin(async (sql) => {
        const done = ofKey === undefined ? await removeLog(sql, origin) : await dropKey(sql, origin, given)
        if (!done) return false
        const event = ofKey === undefined ? 'ledger.log-unwatched' : 'ledger.log-key-dropped'
        await recordAct(sql, 'system', { event, subject: origin, detail: { key: ofKey ?? null } })
        return true
      })
      const { print, warn } = { print: plainly(out.print), warn: plainly(out.warn) }
      if (removed) print(say(ofKey === undefined ? words.removed : words.dropped, { origin }))
      else warn(say(ofKey === undefined ? words.unknown : words.notDropped, { origin }))
      return removed ? (0 as const) : (1 as const)
    }),
}

const list: Command = {
  name: 'ledger witness list',
  summary: words.list,
  run: ({ withInstallation, say, ...out }) =>
    withInstallation(async ({ sql }) => {
      const print = plainly(out.print)
      const logs = await listWatchedLogs(sql)
      if (logs.length === 0) print(say(words.none))
      for (const { origin, size, cosignedAt, vkeys } of logs) {
        const keys = vkeys.length
        print(
          cosignedAt === null
            ? say(words.unsigned, { origin, keys })
            : say(words.log, { origin, size: `${size}`, at: cosignedAt, keys }),
        )
      }
      for (const { id, origin, kind, seenAt } of await listEvidence(sql))
        print(say(words.found, { id, origin, kind, at: seenAt }))
      return 0 as const
    }),
}

const key: Command = {
  name: 'ledger witness key',
  summary: words.key,
  run: ({ withInstallation, print }) =>
    withInstallation(async (installation) => {
      for (const { vkey, endsAt } of await getKeys(installation)) if (endsAt === null) print(vkey)
      return 0 as const
    }),
}

const rotate: Command = {
  name: 'ledger witness rotate-keys',
  summary: words.rotate,
  options: overlapOptions,
  run: ({ options, withInstallation, say, ...out }) =>
    withInstallation(async (installation) => {
      const [print, warn] = [plainly(out.print), plainly(out.warn)]
      const overlap = overlapOf(options)
      if (overlap instanceof Fault) {
        warn(say(overlap.text, overlap.values))
        return 2 as const
      }
      const made = await rotateKeys(installation, overlap).catch(faultOr)
      if (made instanceof Fault) {
        warn(say(made.text, made.values))
        return 1 as const
      }
      print(say(overlap.lost ? words.lostNow : words.rotated, { witness: witnessName(installation) }))
      for (const vkey of made) print(vkey)
      return 0 as const
    }),
}

const faultOr = (error: unknown): Fault => {
  if (error instanceof Fault) return error
  throw error
}

const evidence: Command = {
  name: 'ledger witness evidence',
  summary: words.evidence,
  arguments: [
    { name: 'ID', about: words.id },
    { name: 'FILE', about: words.file, optional: true },
  ],
  run: ({ arguments: [id = '', path], withInstallation, say, ...out }) =>
    withInstallation(async ({ sql }) => {
      const [print, warn] = [plainly(out.print), plainly(out.warn)]
      const found = await findEvidence(sql, id)
      if (!found) {
        warn(say(words.noEvidence, { id }))
        return 1 as const
      }
      const bytes = printEvidence(found)
      if (path === undefined) {
        for (const line of Buffer.from(bytes).toString().slice(0, -1).split('\n')) print(line)
        return 0 as const
      }
      try {
        writeFileSync(path, bytes)
      } catch (error) {
        warn(say(words.unwritten, { path, why: (error as NodeJS.ErrnoException).code ?? '' }))
        return 2 as const
      }
      print(say(words.written, { path }))
      return 0 as const
    }),
}

/** `./praya ledger witness …`: what the operator of a witness does. 0 done, 1 nothing was changed, 2 what was typed is wrong. */
export const witnessCommands: readonly Command[] = [add, remove, list, key, rotate, evidence]
