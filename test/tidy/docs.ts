// What is written about the code is true of it.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { modules } from '../../src/modules.ts'
import { Settings } from '../../src/settings.ts'
import { type File, files, none, production, root } from './project.ts'

const documents = files('*.md', 'docs/**/*.md', 'src/**/*.md', 'test/**/*.md', 'bench/**/*.md', 'governments/**/*.md')

test('every link leads to a file and a heading that exist', () => {
  const wrong = documents.flatMap(({ path, text }) =>
    [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, to]) => to!)
      .filter((to) => !/^(https?:|mailto:|\/)/.test(to))
      .filter((to) => {
        const [name = '', heading] = to.split('#')
        const target = name === '' ? join(root, path) : join(root, dirname(path), decodeURIComponent(name))
        if (!existsSync(target)) return true
        return (
          heading !== undefined &&
          statSync(target).isFile() &&
          !headingsOf(readFileSync(target, 'utf8')).includes(heading)
        )
      })
      .map((to) => `${path} → ${to}`),
  )
  none(wrong, 'Mend the link:')
})

test('every file that a document names exists', () => {
  const named = /`((?:src|test|docs|bench|governments|scripts)\/[\w./-]+\.(?:tsx?|md|ya?ml|sql|json|mjs))`/g
  const wrong = documents.flatMap(({ path, text }) =>
    [...text.matchAll(named)].filter(([, to]) => !existsSync(join(root, to!))).map(([, to]) => `${path} names ${to}`),
  )
  none(wrong, 'Name the file as it is called now:')
})

test('every module has a page that tells its words, addresses and tables, and what it does not do', () => {
  const wrong = modules.flatMap(({ name }) => {
    const path = `src/modules/${name}/README.md`
    const found = documents.find((each) => each.path === path)
    if (!found) return [`${path} is missing`]
    const parts: [string, RegExp][] = [
      ['the name as its title', new RegExp(`^# ${name}\\n`)],
      ['its words', /^\| words +\|/m],
      ['its addresses', /^\| addresses +\|/m],
      ['its tables', /^\| tables +\|/m],
      ['what it does not do', /does not do/i],
    ]
    const lacking = parts.filter(([, part]) => !part.test(found.text)).map(([what]) => `${path} lacks ${what}`)
    return found.lines.length > 80 ? [...lacking, `${path} is longer than a screen`] : lacking
  })
  none(wrong, 'Write the page as the other modules have it:')
})

test('every setting that is named anywhere exists', () => {
  const known = new Set(Object.keys(Settings.properties))
  const named = (each: File) => [...each.text.matchAll(/\bPRAYA_[A-Z][A-Z_]*[A-Z]\b/g)].map(([name]) => name)
  const wrong = [...documents, ...production].flatMap((each) =>
    named(each)
      .filter((name) => !known.has(name))
      .map((name) => `${each.path} names ${name}`),
  )
  none(wrong, 'Name a setting of src/settings.ts:')
})

test('a decision tells its context, what was decided, what follows, and what checks it', () => {
  const decisions = documents.filter(({ path }) => path.startsWith('docs/decisions/'))
  const wrong = decisions.flatMap(({ path, text }) => {
    const lacking = ['Context', 'Decision', 'Consequences', 'Checked by'].filter(
      (part) => !text.includes(`## ${part}\n`),
    )
    const named = /^docs\/decisions\/\d{4}-[a-z0-9-]+\.md$/.test(path)
    return [...(named ? [] : [`${path}: name it NNNN-what.md`]), ...lacking.map((part) => `${path} lacks “${part}”`)]
  })
  none(wrong, 'A decision without its reason is taken again:')
  const numbers = decisions.map(({ path }) => path.slice('docs/decisions/'.length, 'docs/decisions/'.length + 4))
  none(
    numbers.filter((number, at) => number !== String(at + 1).padStart(4, '0')),
    'Number decisions without a gap:',
  )
})

test('no document tells of somebody’s machine', () => {
  const wrong = documents.flatMap(({ path, lines }) =>
    lines.flatMap((line, at) => (/(^|[\s`("'])\/(work|home|root|Users)\//.test(line) ? [`${path}:${at + 1}`] : [])),
  )
  none(wrong, 'Write a path from the root of the project:')
})

/** The names by which headings are linked to, as repositories make them. */
const headingsOf = (text: string): string[] =>
  [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
    heading!
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .trim()
      .replace(/\s/g, '-'),
  )
