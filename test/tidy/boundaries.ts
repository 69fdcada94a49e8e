// Who may import whom. The list of modules and their `uses` is the only map.
import { test } from 'node:test'
import { modules } from '../../src/modules.ts'
import { exists, file, files, importsOf, isTest, none, production, resolved, source } from './project.ts'

const names = modules.map(({ name }) => name)
const inModule = (name: string) => source.filter(({ path }) => path.startsWith(`src/modules/${name}/`))

for (const { name, uses } of modules) {
  test(`${name} imports the platform, the pack, the modules that it declares, and its own files`, () => {
    const wrong = inModule(name).flatMap((each) =>
      importsOf(each).flatMap(({ from }) => {
        const allowed = ['platform', 'pack', ...uses, ...(isTest(each) ? ['test'] : [])]
        if (from.startsWith('#')) return allowed.includes(from.slice(1)) ? [] : [`${each.path} imports ${from}`]
        // Tests may start the program as the command line does, and look at what stands behind a door.
        if (!from.startsWith('.') || isTest(each)) return []
        return resolved(each.path, from).startsWith(`src/modules/${name}/`) ? [] : [`${each.path} imports ${from}`]
      }),
    )
    none(wrong, `Import #platform, #pack or a module in "uses" of src/modules/${name}/module.ts:`)
  })
}

test('modules are listed after those that they use, so that there is no circle', () => {
  const wrong = modules.flatMap(({ name, uses }, at) =>
    uses.filter((used) => !names.slice(0, at).includes(used)).map((used) => `${name} uses ${used}`),
  )
  none(wrong, 'Put the used module before the other in src/modules.ts:')
})

test('every folder of a module is a module that runs, with its manifest and its door', () => {
  const folders = new Set(source.flatMap(({ path }) => /^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? []))
  none(
    [...folders].filter((name) => !names.includes(name)),
    'Add the module to src/modules.ts:',
  )
  none(
    names
      .flatMap((name) => ['module.ts', 'public.ts'].map((each) => `src/modules/${name}/${each}`))
      .filter((path) => !exists(path)),
    'Write the missing file:',
  )
})

test('a manifest exports itself and nothing else, and nothing else exports by default', () => {
  const wrong = production.flatMap((each) => {
    const byDefault = /^export default /m.test(each.text)
    const byName = /^export (?!default )/m.test(each.text)
    const manifest = /^src\/modules\/[^/]+\/module\.ts$/.test(each.path)
    if (manifest) return byDefault && !byName ? [] : [each.path]
    return byDefault && each.path !== 'src/platform/driver.ts' ? [each.path] : []
  })
  none(wrong, 'Only module.ts has a default export, and it has no other (driver.ts stands in for a package):')
})

test('a door is one screen', () => {
  none(
    files('src/modules/*/public.ts')
      .filter(({ lines }) => lines.length > 60)
      .map(({ path }) => path),
    'A door has 60 lines at most:',
  )
})

/** The folders beside the modules, and what each may import that is its own neither as a file nor as a package. */
const beside: Record<string, RegExp> = {
  platform: /^type #pack$/,
  pack: /^src\/platform\//,
  start: /^src\/platform\//,
  command: /^(type )?(#platform|#pack|src\/(platform|start)\/.+|src\/(app|modules|settings)\.ts)$/,
}

for (const [name, allowed] of Object.entries(beside))
  test(`${name} imports its own files and ${allowed.source}`, () => {
    const wrong = source
      .filter((each) => each.path.startsWith(`src/${name}/`) && !isTest(each))
      .flatMap((each) =>
        importsOf(each)
          .filter(({ from }) => /^[.#]/.test(from))
          .map(({ from, typeOnly }) => {
            const target = from.startsWith('.') ? resolved(each.path, from) : from
            return typeOnly && from.startsWith('#') ? `type ${target}` : target
          })
          .filter((target) => !target.startsWith(`src/${name}/`) && !allowed.test(target))
          .map((target) => `${each.path} imports ${target}`),
      )
    none(wrong, 'What stands below hands itself in (docs/decisions/0007):')
  })

test('what the program imports is a dependency, and what is heavy is imported when it is used', () => {
  const manifest = JSON.parse(file('package.json').text) as { dependencies: object; optionalDependencies: object }
  const known = { ...manifest.dependencies, ...manifest.optionalDependencies }
  const heavy = ['playwright-core', '@sparticuz/chromium', 'axe-core']
  const wrong = production.flatMap((each) =>
    importsOf(each).flatMap(({ from, typeOnly, lazy }) => {
      const name = from
        .split('/')
        .slice(0, from.startsWith('@') ? 2 : 1)
        .join('/')
      if (/^([.#]|node:)/.test(from)) return []
      if (!Object.hasOwn(known, name))
        return [`${each.path} imports ${name}, which package.json does not have in "dependencies"`]
      if (heavy.includes(name) && !typeOnly && !lazy) return [`${each.path} loads ${name} at start: await import() it`]
      return []
    }),
  )
  none(wrong, 'Dependencies are declared, and a browser is loaded only by whoever needs one:')
})

test('the driver of the database is loaded through the file that mends it', () => {
  const wrong = [...source, ...files('test/**/*.ts', 'bench/**/*.ts')].flatMap((each) =>
    importsOf(each)
      .filter(({ from, typeOnly }) => from === 'postgres' && !typeOnly && each.path !== 'src/platform/driver.ts')
      .map(() => each.path),
  )
  none(wrong, "Import postgres from src/platform/driver.ts; only types come from 'postgres':")
})

test('folders say what a thing is about, never how it is made', () => {
  const drawers = /\/(controllers|dao|helpers?|utils?|shared|common|lib|misc|types|models)\//
  none(
    source.filter(({ path }) => drawers.test(path)).map(({ path }) => path),
    'Name the folder after the feature, or put the file in the root of its module:',
  )
})
