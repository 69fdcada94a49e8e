import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../faults.ts'
import { encodeUtf8 } from '../notes/encoding.rules.ts'
import type { VerifierKey } from '../notes/keys.rules.ts'
import { parseNote } from '../notes/note.rules.ts'
import { openCheckpoint } from '../notes/open.rules.ts'
import { postCheckpoint } from '../publication/ask.ts'
import { evidenceId, printEvidence } from '../witness/evidence.rules.ts'
import type { Act, Step } from './drill.rules.ts'

const askEveryMs = 1000
const timeoutMs = 10_000

export type Told = { act: Act; status: number; cosigned: boolean; isRight: boolean; statuses: readonly number[] }
type Asked = { address: string; key?: VerifierKey | undefined }

const post = (address: string, { body }: Step) => postCheckpoint(address, body, AbortSignal.timeout(timeoutMs))

/**
 * Sends each step to a witness (C2SP tlog-witness) and tells what came. The first is sent again for as many seconds, until the
 * witness watches the log. Returns the first checkpoint with its cosignatures, and when the witness saw the split view by its clock; or why nothing more could be tried.
 */
export async function runDrill(
  steps: readonly Step[],
  { address, key, waitSeconds }: Asked & { waitSeconds: number },
  tell: (told: Told) => void,
): Promise<{ cosigned: Uint8Array; seenAt: string } | { failure: string } | 'unwatched'> {
  const [first, ...others] = steps as [Step, ...Step[]]
  let answer = await post(address, first)
  for (let seconds = 0; !('failure' in answer) && answer.status === 404; seconds += 1) {
    if (seconds >= waitSeconds) return 'unwatched'
    await pause(askEveryMs)
    answer = await post(address, first)
  }
  let cosigned = first.note
  let seenAt = ''
  for (const step of [first, ...others]) {
    if (step !== first) answer = await post(address, step)
    if ('failure' in answer) return answer
    const { status, text, date } = answer
    // RFC 9110, §6.6.1: a server that has a clock says when it answered.
    if (step.act === 'split-view' && date && !Number.isNaN(Date.parse(date))) seenAt = new Date(date).toISOString()
    const note = Buffer.concat([step.note, encodeUtf8(text)])
    const holds = status === 200 && isCosigned(note, step, key)
    if (step === first && holds) cosigned = note
    const isRight = step.statuses.includes(status) && (status !== 200 || holds)
    tell({ act: step.act, statuses: step.statuses, status, cosigned: holds, isRight })
  }
  return { cosigned, seenAt }
}

/** Whether lines stand under the note that the log did not put there; and where a key is given, whether one is by it. */
function isCosigned(note: Uint8Array, step: Step, key: VerifierKey | undefined): boolean {
  try {
    if (key) return openCheckpoint(note, [key]).signed.length > 0
    return parseNote(note).signatures.length > parseNote(step.note).signatures.length
  } catch (error) {
    if (error instanceof Fault) return false
    throw error
  }
}

/** The evidence of the split view, as a witness of this program keeps it; `id` is its address there. */
export function evidenceOfDrill(
  steps: readonly Step[],
  { cosigned, seenAt }: { cosigned: Uint8Array; seenAt: string },
  vkey: string,
) {
  const [first, split] = steps as [Step, Step]
  const id = evidenceId('split-view', first.text, split.text)
  const [origin = ''] = vkey.split('+')
  const notes = { cosigned: Buffer.from(cosigned), offered: Buffer.from(split.note) }
  return { id, file: printEvidence({ id, origin, kind: 'split-view', vkeys: [vkey], ...notes, seenAt }) }
}
