import type { Module, Pack } from '#platform'

export async function loadPackOrThrow(_name: string, _modules: readonly Module[]): Promise<Pack> {
  throw new Error('waits for the pack loader')
}
