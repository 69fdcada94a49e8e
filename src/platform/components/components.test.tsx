import assert from 'node:assert/strict'
import { globSync } from 'node:fs'
import { test } from 'node:test'
import { modules } from '../../modules.ts'
import { projectFolder } from '../database.ts'
import { type Language, languages, say } from '../languages.ts'
import { type PageContext, render, type Site, withLanguage } from '../page.tsx'
import { allExamples } from './all-examples.ts'
import { drawChart } from './chart/draw.ts'
import { writeFigure } from './figure-board/figure-board.tsx'
import { writeMoment } from './moment/moment.tsx'
import { Page } from './page/page.tsx'
import { pagesShown } from './pagination/pagination.tsx'
import { phrasesOf, Unbroken } from './phrase/phrase.tsx'
import { StylePage } from './style.page.tsx'

const site: Site = {
  name: { en: 'Government of Testland', 'zh-Hant': '測試國政府' },
  site: { en: 'Praya', 'zh-Hant': 'Praya 海旁' },
  tagline: { en: 'Everything public', 'zh-Hant': '公共事務' },
  summary: { en: 'A government for tests.', 'zh-Hant': '測試用的政府。' },
  defaultLanguage: 'en',
  timeZone: 'Asia/Hong_Kong',
  languages: [
    { language: 'zh-Hant', address: 'tc', name: '繁體' },
    { language: 'en', address: 'en', name: 'English' },
    { language: 'zh-Hans', address: 'sc', name: '简体' },
  ],
}

const pageIn = (language: Language, more: Partial<PageContext> = {}): PageContext => ({
  language,
  say: (text, values) => say(text, language, values),
  path: '/style?example=table',
  href: (path) => withLanguage(site, language, path),
  government: site,
  demonstration: false,
  ...more,
})

const all = allExamples(modules)
const examples = all.flatMap(([component, list]) =>
  list.map((example) => ({ title: `${component}: ${example.name}`, ...example })),
)
const draw = (example: (typeof examples)[number], language: Language) => render({}, example.render, pageIn(language))

const empty = new Set(['area', 'br', 'col', 'hr', 'img', 'input', 'link', 'meta', 'source', 'wbr'])
/** A `p` ends, in a browser, where one of these begins. */
const endsParagraph = /^(details|div|dl|fieldset|figure|form|h[1-6]|nav|ol|p|section|table|ul)$/

/** What a browser would silently repair: tags that cross, and blocks inside a paragraph. */
function malformed(html: string): string | undefined {
  const open: string[] = []
  for (const [, slash, name = '', attributes = ''] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:"[^"]*"|[^">])*)>/gi)) {
    if (slash) {
      if (open.pop() !== name) return `</${name}> closes something else`
    } else {
      if (endsParagraph.test(name) && open.includes('p')) return `<${name}> inside <p>`
      if (!empty.has(name) && !attributes.endsWith('/')) open.push(name)
    }
  }
  return open.length > 0 ? `<${open.at(-1)}> is never closed` : undefined
}

const values = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].flatMap((match) => match[1]!.split(' '))

for (const language of languages)
  test(`every example is well-formed, named and without inline script or style (${language})`, () => {
    for (const example of examples) {
      const html = draw(example, language)
      const title = `${example.title} (${language})`
      assert.equal(malformed(html.replace(/^<!doctype html>\n/, '')), undefined, title)
      assert.doesNotMatch(html, / style=|<style|<script|\son[a-z]+=|javascript:/i, title)
      const ids = values(html, / id="([^"]*)"/g)
      assert.equal(new Set(ids).size, ids.length, `${title} uses an id twice: ${ids}`)
      for (const id of values(html, / (?:for|aria-labelledby|aria-describedby|data-copies)="([^"]*)"/g))
        assert.ok(ids.includes(id), `${title} refers to #${id}, which is not there`)
      for (const [control] of html.matchAll(/<(?:input|select|textarea|progress)\b[^>]*>/g))
        assert.ok(html.includes(` for="${/ id="([^"]*)"/.exec(control)?.[1]}"`), `${title} has no label for ${control}`)
      for (const [picture] of html.matchAll(/<svg\b[^>]*>/g))
        assert.match(html.includes('aria-hidden') ? 'aria-hidden' : picture, /aria-hidden|aria-label/, title)
      for (const [link] of html.matchAll(/<(?:a|button)\b[^>]*>\s*<\/(?:a|button)>/g))
        assert.fail(`${title}: ${link} has no name`)
    }
  })

test('every example speaks the language of its page', () => {
  const han = /\p{Script=Han}/u
  const text = (html: string) => html.replace(/<[^>]*>/g, ' ')
  for (const example of examples) {
    const [hant, english, hans] = languages.map((language) => text(draw(example, language))) as [string, string, string]
    assert.doesNotMatch(english, han, example.title)
    if (!han.test(hant)) continue
    assert.match(hans, han, example.title)
    assert.doesNotMatch(hans, /[資預這應開關與國]/, example.title)
  }
})

test('every file of examples belongs to a component of the style page', async () => {
  const shown = new Set(all.map(([, list]) => list))
  const files = globSync('src/**/*.examples.tsx', { cwd: projectFolder })
  assert.ok(files.length > 0)
  for (const file of files)
    assert.ok(
      shown.has((await import(new URL(file, projectFolder).href)).examples),
      `${file} is in no list: name it in all-examples.ts, or in the manifest of its module`,
    )
})

test('the style page shows every component, or the one that is asked for', () => {
  const page = render({ example: null, all }, StylePage, pageIn('en'))
  for (const [component] of all) assert.ok(page.includes(`<section id="style-${component}">`), component)
  const ids = values(page, / id="([^"]*)"/g)
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  )
  const one = render({ example: 'table', all }, StylePage, pageIn('en'))
  assert.equal(one.match(/<section id=/g)?.length, 1)
})

test('a page carries its language, its other languages, and says first that something is wrong', () => {
  const html = render({}, () => <Page title="錯了" error />, pageIn('zh-Hant', { demonstration: true }))
  assert.match(html, /^<!doctype html>\n<html lang="zh-Hant">/)
  assert.match(html, /<title>錯誤：錯了 – Praya 海旁<\/title>/)
  assert.match(html, /<link rel="alternate" hreflang="en" href="\/en\/style\?example=table"/)
  assert.match(html, /<a href="\/en\/style\?example=table" hreflang="en" rel="alternate">English<\/a>/)
  assert.match(html, /示範系統/)
  assert.doesNotMatch(html, /<script(?![^>]* src=)/)
})

test('what people typed is escaped', () => {
  const html = render({}, () => <Page title="<b>bold</b>">{'<script>'}</Page>, pageIn('en'))
  assert.match(html, /<title>&lt;b>bold&lt;\/b> – Praya<\/title>/)
  assert.doesNotMatch(html, /<script>/)
})

test('pagination shows the ends and the neighbours, and no gap of one page', () => {
  // biome-ignore format: cases
  const cases: [number, number, (number | 'gap')[]][] = [
    [1,  1, [1]],
    [1,  3, [1, 2, 3]],
    [4,  7, [1, 2, 3, 4, 5, 6, 7]],
    [7, 42, [1, 'gap', 6, 7, 8, 'gap', 42]],
  ]
  for (const [page, last, shown] of cases) assert.deepEqual(pagesShown(page, last), shown, `${page} of ${last}`)
})

test('a Chinese heading breaks between words and never before its punctuation', () => {
  const phrases = phrasesOf('政府總部：政府資訊科技（總監）辦公室', 'zh-Hant')
  assert.equal(phrases.join(''), '政府總部：政府資訊科技（總監）辦公室')
  assert.ok(phrases.includes('資訊'), String(phrases))
  for (const phrase of phrases) assert.doesNotMatch(phrase, /^[：）]|（$/)
})

test('what stays on one line is a whole word with its hyphens, and never a piece of a longer one', () => {
  const kept = (text: string) =>
    values(
      render({}, () => <Unbroken text={text} />, pageIn('en')).replaceAll(' ', '_'),
      /<span_class="number">([^<]*)</g,
    )
  assert.deepEqual(kept('2023-24年度與2024-25'), ['2023-24', '2024-25'])
  assert.deepEqual(kept('a one-stop service, lines 7–12'), ['one-stop', 'lines_7–12'])
  assert.deepEqual(kept('non-directorate, Multi-functional, e-government'), [])
})

test('figures are written in the form of the language', () => {
  assert.deepEqual(writeFigure({ value: 0.9998, unit: 'ratio' }, 'en'), { number: '99.98%' })
  assert.deepEqual(writeFigure({ value: 1386, unit: 'number' }, 'zh-Hant'), { number: '1,386' })
  assert.deepEqual(writeFigure({ value: 2.44, unit: 'seconds' }, 'zh-Hant'), { number: '2.4', unit: 'seconds' })
  assert.deepEqual(writeFigure({ value: 1234567, unit: 'dollars' }, 'en'), { number: '$1,234,567' })
  assert.deepEqual(writeFigure({ value: 1809824000, unit: 'dollars' }, 'en'), { number: '$1,809.8', unit: 'millions' })
  assert.deepEqual(writeFigure({ value: 1809824000, unit: 'dollars' }, 'zh-Hant'), {
    number: '18.098',
    unit: 'hundredMillions',
  })
})

test('a moment is written in the form of the language, in the time zone of the government', () => {
  const write = (at: string, language: Language) => writeMoment(at, pageIn(language))
  assert.equal(write('2026-11-23T16:05:00.000Z', 'en'), '24 November 2026, 00:05')
  assert.equal(write('2026-11-23T16:05:00.000Z', 'zh-Hant'), '2026 年 11 月 24 日 00:05')
  assert.equal(write('2024-07-25', 'zh-Hans'), '2024 年 7 月 25 日')
  assert.equal(write('2024-07-25', 'en'), '25 July 2024')
})

test('a chart follows the theme in a page, stands alone as a file, and is drawn the same twice', () => {
  const chart = {
    kind: 'bars' as const,
    labels: ['A <b>', 'B'],
    series: [{ name: 'n', values: [2, 1] }],
    write: String,
  }
  const inPage = drawChart(chart, 720)
  assert.match(inPage, /fill="var\(--chart-1\)"/)
  assert.match(inPage, /A &lt;b>|A &lt;b&gt;/)
  assert.doesNotMatch(inPage, /#0101|style|class=|zr\d/)
  const alone = drawChart(chart, 720, true)
  assert.match(alone, /fill="#0b4f6c"/)
  assert.doesNotMatch(alone, /var\(/)
  assert.equal(drawChart({ ...chart, write: (value) => String(value) }, 720), inPage)
})
