import { existsSync, readFileSync } from 'node:fs'
import { importText } from '../import/text.ts'
import type { EstimatesDocument } from '../types.ts'

/* The real text, for tests only. It is not part of the project: without it the tests that need it are skipped. */

const path = `${process.env.PRAYA_SHARED ?? '../shared'}/input/head-047-2023-24.zh-Hant.txt`

/** Why tests of the real text are skipped, or false. */
export const withoutHead47: string | false = existsSync(path)
  ? false
  : `the text of Head 47 is not at ${path}; set PRAYA_SHARED`

export const head47Bytes = (): Buffer => readFileSync(path)

export function readHead47(bytes: Uint8Array = head47Bytes()): EstimatesDocument {
  const imported = importText(bytes, 'head-047-2023-24.zh-Hant.txt')
  if ('refusal' in imported) throw new Error(`The text of Head 47 is refused: ${JSON.stringify(imported.refusal)}`)
  return imported.document
}
