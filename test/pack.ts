import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadPack, type Pack } from '#pack'
import { type Module, projectFolder, say } from '#platform'

/** The pack `governments/<name>`, or one at an absolute address. A pack with mistakes is no base for a test. */
export async function loadPackOrThrow(name: string, modules: readonly Module[]): Promise<Pack> {
  const folder = resolve(fileURLToPath(new URL('governments', projectFolder)), name)
  const { pack, mistakes } = await loadPack(
    folder,
    modules.flatMap((module) => module.definitions ?? []),
    // A test may start with some modules only; the files of the others are no mistake then.
    { strangers: 'ignore' },
  )
  if (mistakes.length > 0) {
    const lines = mistakes.map(({ file, line, text, values }) => `${file}:${line} ${say(text, 'en', values)}`)
    throw new Error(`The pack ${name} has ${mistakes.length} mistakes:\n${lines.join('\n')}`)
  }
  return pack
}
