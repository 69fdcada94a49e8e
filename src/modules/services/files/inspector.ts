import { readFile } from 'node:fs/promises'
import { extname } from 'node:path'
import { type Child, ChildEnded, startChild } from '#platform'
import type { FileKind } from '../definitions/form.ts'
import { problem } from '../problems.ts'
import type { InspectTask } from './inspect-process.ts'
import { type Found, refuse } from './refusals.ts'

export const inspectorLimits = {
  timeoutMs: 20_000,
  /** Of one process: its objects, which the engine limits; and all that it takes, with its buffers, which nobody does. */
  heapMb: 256,
  memoryMb: 600,
  /** How often it is looked how much that is. */
  lookMs: 50,
  atOnce: 2,
  waiting: 16,
  /** A process stays a while for the next file: who sent one sends another soon. But not one that has become large. */
  restMs: 20_000,
  restMb: 250,
}

const program = new URL(`./inspect-process${extname(import.meta.url)}`, import.meta.url)

type Inspector = {
  inspect: (bytes: Uint8Array, kinds: readonly FileKind[]) => Promise<Found>
  close: () => void
}
type Reader = { child: Child<InspectTask>; answered: ((found: Found) => void) | undefined }

/** Looks into files apart from the process that serves, a few at once; what is more waits, and beyond that is refused as `files-busy`. */
export function openInspector(limits = inspectorLimits): Inspector {
  let running = 0
  const queue: (() => void)[] = []
  const resting = new Set<Reader>()
  const all = new Set<Reader>()

  async function inspect(bytes: Uint8Array, kinds: readonly FileKind[]): Promise<Found> {
    if (queue.length >= limits.waiting) throw problem('files-busy', { detail: `${queue.length} files wait` })
    if (running >= limits.atOnce) await new Promise<void>((turn) => queue.push(turn))
    else running++
    const reader = [...resting][0] ?? startReader()
    resting.delete(reader)
    let mb = 0
    const looking = setInterval(async () => {
      mb = Math.max(mb, await residentMbOf(reader.child.pid))
      // A few octets of a file may unpack to gigabytes.
      if (mb > limits.memoryMb) reader.child.end()
    }, limits.lookMs)
    try {
      reader.child.limit(limits.timeoutMs)
      const answer = new Promise<Found>((resolve) => {
        reader.answered = resolve
      })
      reader.child.tell({ bytes, kinds })
      const found = await Promise.race([answer, reader.child.ended])
      if (mb < limits.restMb) rest(reader)
      else reader.child.end()
      return found
    } catch (error) {
      if (!(error instanceof ChildEnded)) throw error
      return refuse('too-hard')
    } finally {
      clearInterval(looking)
      const next = queue.shift()
      if (next) next()
      else running--
    }
  }

  function startReader(): Reader {
    const reader: Reader = {
      answered: undefined,
      child: startChild<InspectTask, Found>(program, limits.heapMb, (found) => reader.answered?.(found)),
    }
    all.add(reader)
    reader.child.ended.catch(() => {
      all.delete(reader)
      resting.delete(reader)
    })
    return reader
  }

  function rest(reader: Reader): void {
    reader.child.rest()
    resting.add(reader)
    setTimeout(() => resting.delete(reader) && reader.child.end(), limits.restMs).unref()
  }

  const close = () => {
    for (const { child } of all) child.end()
  }
  return { inspect, close }
}

/** What a process takes of the machine’s memory, as Linux tells it; elsewhere nothing, and only its heap is limited. */
async function residentMbOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'latin1').catch(() => '')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1000
}
