import type { FileKind } from '../definitions/form.ts'
import { inspectFile } from './inspect.ts'
import { refuse } from './refusals.ts'

/** What the process is asked, one file after the other. */
export type InspectTask = { bytes: Uint8Array; kinds: readonly FileKind[] }

/** A process apart for the files of strangers: whatever a file does to it ends with it. */
process.on('message', async ({ bytes, kinds }: InspectTask) => {
  // What nobody foresaw in a file is no reason to take it.
  process.send!(await inspectFile(bytes, kinds).catch(() => refuse('damaged')))
})
