import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '#platform'

/** Vectors that others made lie beside this project, not in it. */
export function vectors(name: string): { folder: string; skip: string | false } {
  const shared = process.env.TEST_SHARED ?? '../shared'
  const folder = resolve(fileURLToPath(projectFolder), shared, 'vectors', name)
  return {
    folder,
    skip: existsSync(folder) ? false : `the vectors ${name} are not beside this project: set TEST_SHARED`,
  }
}

/** transparency-dev/tessera, testdata/log: a log that was not made here, with 15 entries. */
export const tessera = {
  ...vectors('tessera-log/testdata/log'),
  vkey: 'example.com/log/testdata+33d7b496+AeHTu4Q3hEIMHNqc6fASMsq3rKNx280NI+oO5xCFkkSx',
}
