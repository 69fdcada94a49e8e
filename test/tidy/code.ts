import assert from 'node:assert/strict'
// How code is written: size, words that stay out, names.
import { globSync } from 'node:fs'
import { type TestContext, test } from 'node:test'
import { parse } from 'yaml'
import { code, type File, file, isTest, none, noneStale, production, root, where } from './project.ts'

// What may not be written, what to write instead, and where it is right all the same, with the reason.
const banned: readonly { what: RegExp; instead: string; in: readonly File[]; but?: Record<string, string> }[] = [
  { what: /\bconsole\.\w+\(/, instead: 'Use the log, or the command’s `print`', in: production },
  { what: /\bdebugger\b/, instead: 'Take it out', in: code },
  { what: /(:|\bas|<|\|) any\b(?! \w)|\bany\[\]/, instead: 'Give it a type; `unknown` if there is none', in: code },
  { what: /@ts-(ignore|nocheck|expect-error)|biome-ignore-all/, instead: 'Mend the type', in: code },
  { what: /\bTODO(?!\(#\d+\))|\bFIXME\b|\bXXX\b/, instead: 'Write TODO(#123) with an open issue, or do it', in: code },
  {
    what: /dangerouslySetInnerHTML/,
    instead: 'Return JSX; it escapes',
    in: production,
    but: {
      'src/platform/components/chart/chart.tsx': 'SVG that echarts draws from our own numbers and escapes itself',
    },
  },
  { what: /\beval\(|new Function\(/, instead: 'There is always another way', in: code },
  {
    what: /\bMath\.random\(/,
    instead: 'Use node:crypto',
    in: production,
    but: { 'src/start/postgres/server.ts': 'a port to try, and no secret' },
  },
  { what: /^\s*(export )?(const )?enum\s/, instead: 'Use a union of words', in: code },
  { what: /^\s*@\w+\(/, instead: 'Use a function; there are no decorators here', in: code },
  { what: /\bclass \w+ extends (?!Error\b)/, instead: 'Use functions and plain objects', in: code },
  { what: /^export \* from/, instead: 'Name what leaves', in: code },
  {
    what: /\bprocess\.exit\(/,
    instead: 'Return an exit code, or let the process end',
    in: production.filter(({ path }) => !/^src\/(main|command\/)/.test(path)),
  },
  {
    what: /\bnew Date\(\)|\bDate\.now\(\)/,
    instead: 'Ask `installation.now()`, which tests can set',
    in: production.filter(({ path }) => path.startsWith('src/modules/')),
  },
  { what: /\b(it|test)\(\s*['"`][^'"`]*\bshould\b/, instead: 'Claim it in the present tense', in: code },
  { what: /\b(test|it|describe)\.(only|skip|todo)\(/, instead: 'Run it, or take it out', in: code },
  {
    what: /^export (class|type|interface|function|const) \w*(Manager|Helper|Util|Utils|Impl|Dto)\b/,
    instead: 'Say what it is',
    in: code,
  },
  { what: /(['"`(\s])\/(work|home|root|Users|tmp)\/(?!\$)/, instead: 'No machine’s own paths', in: production },
]

for (const { what, instead, in: among, but = {} } of banned)
  test(`${instead.toLowerCase().slice(0, 1)}${instead.slice(1)}: ${what.source.slice(0, 50)} stays out`, () => {
    none(
      among
        .filter(({ path }) => !Object.hasOwn(but, path) && path !== 'test/tidy/code.ts')
        .flatMap((each) => where(each, what)),
      `${instead}:`,
    )
    noneStale(Object.keys(but).filter((path) => where(file(path), what).length === 0))
  })

test('files have names in lower case with hyphens, and say their kind at the end', () => {
  const good =
    /^(\d{4}-)?[a-z0-9]+(-[a-z0-9]+)*(\.(routes|sql|page|rules|examples|search|figures|routes\.test|test|d))?(\.test)?\.(ts|tsx|mjs)$/
  none(
    code.filter(({ path }) => !good.test(path.split('/').at(-1)!)).map(({ path }) => path),
    'Name it noun.kind.ts:',
  )
  none(
    code.filter(({ path }) => /\/index\.tsx?$/.test(path)).map(({ path }) => path),
    'A barrel hides where things are; name the file:',
  )
})

const lengths = { file: { warn: 400, most: 800 }, function: { warn: 70, most: 120 } }

test('a file is at most 800 lines long, and is looked at from 400', (context) => {
  judge(
    context,
    code.map(({ path, lines }) => ({ name: path, lines: lines.length })),
    lengths.file,
  )
})

test('a function is at most 120 lines long, and is looked at from 70', (context) => {
  judge(context, code.flatMap(functionsOf), lengths.function)
})

function judge(
  context: TestContext,
  all: { name: string; lines: number }[],
  { warn, most }: { warn: number; most: number },
) {
  for (const { name, lines } of all) if (lines > warn && lines <= most) context.diagnostic(`${name}: ${lines} lines`)
  none(
    all.filter(({ lines }) => lines > most).map(({ name, lines }) => `${name}: ${lines} lines`),
    `Divide what is longer than ${most} lines:`,
  )
}

/** Functions by their indentation, which the formatter keeps: one ends at the first line that closes on its column. */
function functionsOf({ path, lines }: File): { name: string; lines: number }[] {
  return lines.flatMap((line, start) => {
    const [, indent, name] =
      /^(\s*)(?:export )?(?:default )?(?:async )?(?:function\*? (\w+)|(?:const|let) \w+.*=>|.*\bfunction\b|.*=>) ?.*\{$/.exec(
        line,
      ) ?? []
    // A group of tests is a list, not a function.
    if (indent === undefined || /^\s*(describe|test|it)\(/.test(line)) return []
    const end = lines.findIndex((each, at) => at > start && each.startsWith(`${indent}}`))
    return end < 0 ? [] : [{ name: `${path}:${start + 1} ${name ?? line.trim().slice(0, 50)}`, lines: end - start + 1 }]
  })
}

/** Lines of code, without blanks and comments, for what stands beside the modules (docs/decisions/0007, 0012, 0015, 0016, 0018, 0019, 0025). */
const budgets = { platform: 3810, pack: 1100, start: 1000, command: 900 }

for (const [name, most] of Object.entries(budgets))
  test(`${name} stays within its budget of ${most} lines`, (context) => {
    const counted = production.filter(({ path }) => path.startsWith(`src/${name}/`) && !path.includes('examples'))
    const lines = counted.flatMap((each) => each.lines).filter((line) => !/^\s*(\/\/|\/?\*|$)/.test(line)).length
    context.diagnostic(`${lines} of ${most} lines`)
    assert.ok(lines <= most, `src/${name} has ${lines} lines of ${most}. Take out as much as comes in.`)
  })

test('no code names the government that it serves', () => {
  const pack = 'governments/hongkong'
  type Named = { name: Record<string, string>; short?: Record<string, string> }
  const government = parse(file(`${pack}/government.yaml`).text) as Named & { id: string; site: Record<string, string> }
  const organisations = parse(file(`${pack}/organisations.yaml`).text) as Named[]
  const short = organisations.flatMap((each) => Object.values(each.short ?? {}))
  const words = ['hong ?kong', 'hksar', '香港', '港府', 'govhk', 'iam ?smart', ...Object.values(government.name)]
  const named = new RegExp(`(?<![a-z])(${words.join('|')})(?![a-z])`, 'i')
  // As it is written: “Aud” is an office, “aud” is not.
  const abbreviated = new RegExp(`(?<![A-Za-z_])(${short.join('|')})(?![A-Za-z_])`)
  const but: Record<string, string> = {
    'src/settings.ts': 'the pack that is used when no other is named',
    'src/platform/assets/assets.ts': 'a typeface, as its makers named it',
    'src/platform/languages.ts': 'a variant of written Chinese, as OpenCC names it',
  }
  const wrong = production
    .filter(({ path }) => !Object.hasOwn(but, path))
    .flatMap((each) => [...where(each, named), ...where(each, abbreviated)])
  none(wrong, 'Put it into the pack; another government runs the same code:')
  noneStale(Object.keys(but).filter((path) => where(file(path), named).length === 0))
})

test('tests leave no file behind that is meant for one machine', () => {
  none(globSync('{src,test,bench,docs}/**/*.tmp.*', { cwd: root }), 'Delete it:')
})

test('every test file makes a claim', () => {
  none(
    code
      .filter(
        (each) => isTest(each) && /\.test\.tsx?$/.test(each.path) && !/\b(assert|none)\b|\.\/tidy\//.test(each.text),
      )
      .map(({ path }) => path),
    'Assert an outcome:',
  )
})
