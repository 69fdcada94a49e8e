import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '#platform'

export const root = fileURLToPath(projectFolder)

export type File = { path: string; text: string; lines: readonly string[] }

const read = new Map<string, File>()

/** One file of the project, by its path from the root. */
export function file(path: string): File {
  const before = read.get(path)
  if (before) return before
  const text = readFileSync(root + path, 'utf8')
  const made = { path, text, lines: text.split('\n') }
  read.set(path, made)
  return made
}

/** Files by their paths from the root, in order. */
export const files = (...patterns: string[]): File[] =>
  globSync(patterns, { cwd: root, exclude: (path) => path === 'node_modules' || path.endsWith('/node_modules') })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('.tmp.'))
    .sort()
    .map(file)

export const exists = (path: string): boolean => existsSync(root + path)

export const isTest = ({ path }: { path: string }): boolean =>
  /\.test\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('bench/')

/** What the program is made of. */
export const source = files('src/**/*.{ts,tsx}')
export const code = [...source, ...files('test/**/*.{ts,tsx}', 'bench/**/*.ts', 'scripts/*.mjs')]
export const production = source.filter((each) => !isTest(each))

/** Fails with every finding at once, each on its line, and with what to do instead. */
export function none(findings: readonly string[], instead: string): void {
  assert.ok(findings.length === 0, `${instead}\n  ${findings.slice(0, 60).join('\n  ')}`)
}

/** Fails where an exception is listed and nothing needs it any more. */
export const noneStale = (exceptions: readonly string[]): void =>
  none(exceptions, 'Nothing needs this exception any more; take it out of the list:')

/** The lines on which `pattern` stands, as `path:line`. */
export function where({ path, lines }: File, pattern: RegExp): string[] {
  return lines.flatMap((line, index) =>
    pattern.test(line) ? [`${path}:${index + 1} ${line.trim().slice(0, 100)}`] : [],
  )
}

/** What `text` imports: specifier, and whether only for types. */
export function importsOf({ text }: File): { from: string; typeOnly: boolean; lazy: boolean }[] {
  const still = [...text.matchAll(/^(?:import|export)\s(type\s)?(?:[^'"`;]*?\sfrom\s)?'([^']+)'/gm)]
  const lazy = [...text.matchAll(/\bimport\('([^']+)'\)/g)]
  return [
    ...still.map(([, typeOnly, from]) => ({ from: from!, typeOnly: Boolean(typeOnly), lazy: false })),
    ...lazy.map(([, from]) => ({ from: from!, typeOnly: false, lazy: true })),
  ]
}

/** A path that `from`, written in the file at `path`, leads to. */
export const resolved = (path: string, from: string): string => new URL(from, `file:///${path}`).pathname.slice(1)
