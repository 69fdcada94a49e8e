import { randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { type Command, type Text, texts } from '#platform'
import { Fault } from '../faults.ts'
import { newSigner } from '../notes/custody.ts'
import { parseVerifierKey, printVerifierKey } from '../notes/keys.rules.ts'
import { plainly } from '../told.ts'
import { type Act, stepsOf } from './drill.rules.ts'
import { evidenceOfDrill, runDrill, type Told } from './drill.ts'

const words = texts({
  summary: {
    en: 'Lets a log that breaks its word ask a witness, and says whether the witness refuses as it must.',
    'zh-Hant': '以一個不守信的演習日誌向見證者提出要求，並指出見證者有否如規定拒絕。',
  },
  witness: {
    en: 'The address of the witness, before /add-checkpoint',
    'zh-Hant': '見證者的網址，即 /add-checkpoint 之前的部分',
  },
  key: {
    en: 'The verifier key of the witness: its cosignatures are then checked too',
    'zh-Hant': '見證者的查核密鑰；如提供，亦會查核其加簽',
  },
  wait: {
    en: 'How long to wait until the witness watches the log of the drill; 300 unless told',
    'zh-Hant': '等候見證者監察演習日誌的秒數，預設 300',
  },
  evidence: {
    en: 'Where to write the two checkpoints of the split view, as evidence',
    'zh-Hant': '把分裂視圖的兩個檢查點寫入此檔案，作為證據',
  },
  address: { en: 'This is no address of a witness: {address}', 'zh-Hant': '這不是見證者的網址：{address}' },
  seconds: { en: '--wait takes a number of seconds from 0 to 3600.', 'zh-Hant': '--wait 須為 0 至 3600 的秒數。' },
  add: {
    en: 'The log of this drill is kept in memory alone, and nobody relies on it. Whoever runs the witness lets it watch the log:',
    'zh-Hant': '演習日誌只存於記憶體，無人信賴。請見證者的營運者開始監察：',
  },
  waiting: { en: 'Waiting until the witness watches the log', 'zh-Hant': '等候見證者監察日誌' },
  unwatched: {
    en: 'The witness does not watch the log, so nothing was tried. Add its key there, and begin again.',
    'zh-Hant': '見證者沒有監察該日誌，因此沒有進行演習。請在見證者加入其密鑰後再開始。',
  },
  unreached: { en: 'The witness did not answer: {why}.', 'zh-Hant': '見證者沒有回應：{why}。' },
  right: { en: 'right   {what}: {answer}', 'zh-Hant': '正確　{what}：{answer}' },
  wrong: { en: 'WRONG   {what}: {answer}, not {statuses}', 'zh-Hant': '錯誤　{what}：{answer}，應為 {statuses}' },
  cosigned: { en: '{status}, cosigned', 'zh-Hant': '{status}，已加簽' },
  unsigned: { en: '{status} without a cosignature that holds', 'zh-Hant': '{status}，但沒有有效的加簽' },
  refused: { en: '{status}, refused', 'zh-Hant': '{status}，已拒絕' },
  good: {
    en: 'The witness cosigned what was true and refused the rest.',
    'zh-Hant': '見證者為屬實的檢查點加簽，並拒絕其餘各項。',
  },
  bad: {
    en: 'The witness did not do what it must: {count} answers were wrong. Do not count it in a policy until it does.',
    'zh-Hant': '見證者沒有如規定行事：{count} 項回應有誤。改正前，信任政策不應計及這個見證者。',
  },
  kept: { en: 'A witness of Praya keeps the evidence at {address}', 'zh-Hant': 'Praya 見證者的證據存於 {address}' },
  written: { en: 'The evidence is written to {path}.', 'zh-Hant': '證據已寫入 {path}。' },
  unwritten: { en: '{path} cannot be written: {why}.', 'zh-Hant': '無法寫入 {path}：{why}。' },
  end: {
    en: 'Afterwards: ./praya ledger witness remove {origin}',
    'zh-Hant': '演習後：./praya ledger witness remove {origin}',
  },
})

const acts = texts({
  first: { en: 'the first checkpoint, which is true', 'zh-Hant': '首個檢查點（屬實）' },
  'split-view': { en: 'another history of the same length', 'zh-Hant': '長度相同的另一段歷史' },
  'forked-growth': { en: 'a growth of that other history', 'zh-Hant': '另一段歷史的增長' },
  'forgotten-witness': {
    en: 'the same, from before the two part, as if the witness had seen no more',
    'zh-Hant': '同一增長，由分岔前起計，假設見證者所知到此為止',
  },
  rollback: { en: 'fewer entries than were cosigned', 'zh-Hant': '少於已加簽的條目' },
  stranger: { en: 'a true growth, signed by another key', 'zh-Hant': '屬實的增長，但由另一密鑰簽署' },
  growth: { en: 'a true growth, after all that', 'zh-Hant': '其後屬實的增長' },
} satisfies Record<Act, Text>)

const waitSecondsUsual = 300
const waitSecondsMax = 3600

type Call = Parameters<Command['run']>[0]

/** `./praya ledger drill WITNESS`: 0 when the witness refused as it must, 1 when it did not, 2 when nothing could be tried. */
export const drill: Command = {
  name: 'ledger drill',
  summary: words.summary,
  arguments: [{ name: 'WITNESS', about: words.witness }],
  options: {
    key: { about: words.key, value: 'VKEY' },
    wait: { about: words.wait, value: 'SECONDS' },
    evidence: { about: words.evidence, value: 'FILE' },
  },
  async run({ arguments: [address = ''], options, progress, say, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    const typed = readTyped(address, options)
    if ('text' in typed) {
      warn(say(typed.text, typed.values))
      return 2
    }
    const origin = `drill.invalid/${randomBytes(8).toString('hex')}`
    const signer = newSigner(origin, 'ed25519')
    const vkey = printVerifierKey(signer.key)
    const steps = stepsOf(signer, newSigner(origin, 'ed25519'))
    print(say(words.add))
    print(`./praya ledger witness add ${vkey}`)
    progress(say(words.waiting))
    let wrong = 0
    const came = await runDrill(steps, { address, ...typed }, (told) => {
      progress(undefined)
      if (!told.isRight) wrong += 1
      print(lineOf(told, say))
    })
    progress(undefined)
    if (came === 'unwatched' || 'failure' in came) {
      warn(came === 'unwatched' ? say(words.unwatched) : say(words.unreached, { why: came.failure }))
      return 2
    }
    print(wrong === 0 ? say(words.good) : say(words.bad, { count: wrong }))
    const { id, file } = evidenceOfDrill(steps, came, vkey)
    print(say(words.kept, { address: `${address.replace(/\/$/, '')}/evidence/${id}` }))
    const isWritten = typeof options.evidence !== 'string' || write(options.evidence, file, { say, print, warn })
    print(say(words.end, { origin }))
    if (wrong > 0) return 1
    return isWritten ? 0 : 2
  },
}

/** What was typed, or the sentence about what is wrong with it. */
function readTyped(address: string, { wait, key }: Call['options']) {
  if (!/^https?:\/\//.test(address) || !URL.canParse(address)) return { text: words.address, values: { address } }
  const waitSeconds = wait === undefined ? waitSecondsUsual : Number(wait)
  if (!Number.isInteger(waitSeconds) || waitSeconds < 0 || waitSeconds > waitSecondsMax)
    return { text: words.seconds, values: {} }
  try {
    return { waitSeconds, ...(typeof key === 'string' && { key: parseVerifierKey(key) }) }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { text: error.text, values: error.values }
  }
}

function lineOf({ act, status, statuses, cosigned, isRight }: Told, say: Call['say']): string {
  const answer = status !== 200 ? words.refused : cosigned ? words.cosigned : words.unsigned
  const values = { what: say(acts[act]), answer: say(answer, { status }) }
  return isRight ? say(words.right, values) : say(words.wrong, { ...values, statuses: statuses.join('/') })
}

function write(path: string, file: Uint8Array, { say, print, warn }: Pick<Call, 'say' | 'print' | 'warn'>): boolean {
  try {
    writeFileSync(path, file)
  } catch (error) {
    warn(say(words.unwritten, { path, why: (error as NodeJS.ErrnoException).code ?? '' }))
    return false
  }
  print(say(words.written, { path }))
  return true
}
