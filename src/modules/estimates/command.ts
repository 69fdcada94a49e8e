import { readFile, stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Pack } from '#pack'
import { type Command, type Language, languages, Problem, say, type Text, texts } from '#platform'
import { checkAcrossYears, checkDocument, type Report, toReport } from './check/check.ts'
import { titleOf } from './documents/names.ts'
import { publishDocuments } from './documents/publish-documents.ts'
import { readingOf, readSource, type Source } from './documents/read-source.ts'
import { findings as textFindings } from './import/findings.ts'
import { importBytesMax, importMegabytesMax, refusals } from './import/refusals.ts'
import { tableFindings } from './mapping/findings.ts'
import { unseen } from './mapping/rows.ts'
import type { EstimatesDocument, Lines } from './types.ts'

const words = texts({
  check: {
    en: 'Checks a Head, or a table of Heads, without importing it.',
    'zh-Hant': '核對總目或載有總目的表格，不會匯入。',
  },
  import: {
    en: 'Imports a Head, or a table of Heads, into this installation.',
    'zh-Hant': '把總目或載有總目的表格匯入本系統。',
  },
  file: { en: 'The text of a Head, or a CSV or XLSX file', 'zh-Hant': '總目的文字檔，或 CSV、XLSX 檔案' },
  mapping: { en: 'How a table is to be read', 'zh-Hant': '如何讀取表格' },
  json: { en: 'The report as JSON, for programs', 'zh-Hant': '以 JSON 輸出報告，供程式使用' },
  language: { en: 'Language of the report: en, zh-Hant or zh-Hans', 'zh-Hant': '報告的語文：en、zh-Hant 或 zh-Hans' },
  wrongLanguage: {
    en: '“{language}” is no language of this program. Write en, zh-Hant or zh-Hans.',
    'zh-Hant': '本程式沒有語文「{language}」。請填 en、zh-Hant 或 zh-Hans。',
  },
  unreadable: { en: '{file} cannot be read: {why}.', 'zh-Hant': '無法讀取 {file}：{why}。' },
  refused: { en: '{file}: {reason}', 'zh-Hant': '{file}：{reason}' },
  reading: { en: 'Reading {file}', 'zh-Hant': '正在讀取 {file}' },
  checking: { en: 'Checking {done} of {all} Heads', 'zh-Hant': '正在核對第 {done} 個總目，共 {all} 個' },
  writing: { en: 'Writing {all} Heads', 'zh-Hant': '正在寫入 {all} 個總目' },
  summary: {
    en: 'Head {head}, {year} ({title}): {holds} hold, {fails} fail, {unknown} cannot be checked, {derived} recovered{inferred}, {warnings} to look at.',
    'zh-Hant':
      '總目 {head}，{year}（{title}）：{holds} 條相符，{fails} 條不符，{unknown} 項無法核對，{derived} 個數字已找回{inferred}，{warnings} 項警告。',
  },
  inferred: { en: ' ({inferred} of them inferred)', 'zh-Hant': '（其中 {inferred} 個屬推斷）' },
  across: {
    en: 'Head {head}, {earlier} and {later}: {holds} lines agree, {fails} do not.',
    'zh-Hant': '總目 {head}，{earlier} 與 {later}：{holds} 項一致，{fails} 項不一致。',
  },
  fails: { en: 'Fails', 'zh-Hant': '不符' },
  cannotBeChecked: { en: 'Cannot be checked', 'zh-Hant': '無法核對' },
  derived: { en: 'Recovered', 'zh-Hant': '已找回' },
  warnings: { en: 'Warnings', 'zh-Hant': '警告' },
  suspect: { en: 'Likely at fault: {sentence}', 'zh-Hant': '最可能有誤：{sentence}' },
  line: { en: 'line {lines}', 'zh-Hant': '第 {lines} 行' },
  lines: { en: 'lines {lines}', 'zh-Hant': '第 {lines} 行' },
  importedOne: { en: '{file}: the Head counts from now on.', 'zh-Hant': '{file}：這個總目由現在起生效。' },
  imported: { en: '{file}: {count} Heads count from now on.', 'zh-Hant': '{file}：{count} 個總目由現在起生效。' },
  again: {
    en: '{file} was imported before and counts already. Nothing was changed.',
    'zh-Hant': '{file} 早前已匯入並已生效，沒有作出任何改動。',
  },
  finding: { en: '{lines}: {sentence}', 'zh-Hant': '{lines}：{sentence}' },
  found: { en: 'Found in it ({count}):', 'zh-Hant': '檔案內的發現（{count} 項）：' },
})

/** Why the system does not open a file, by its code. */
const unreadable: Readonly<Record<string, Text>> = texts({
  ENOENT: { en: 'there is no such file', 'zh-Hant': '沒有這個檔案' },
  EISDIR: { en: 'it is a folder', 'zh-Hant': '這是資料夾' },
  EACCES: { en: 'you may not read it', 'zh-Hant': '你沒有讀取的權限' },
  ELOOP: { en: 'it is a link that leads to itself', 'zh-Hant': '這是指向自己的連結' },
})

const file = { name: 'FILE', about: words.file } as const
const mapping = { about: words.mapping, value: 'MAPPING' }
const language = { about: words.language, value: 'LANGUAGE' }

/** `./praya estimates check FILE`: 0 when nothing fails, 1 when something does, 2 when the file cannot be read. */
const check: Command = {
  name: 'estimates check',
  summary: words.check,
  arguments: [file],
  options: { mapping, language, json: { about: words.json } },
  async run({ arguments: [path = ''], options, progress, language: usual, openPack, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    const chosen = options.language === undefined ? usual : languages.find((each) => each === options.language)
    if (!chosen) {
      warn(say(words.wrongLanguage, usual, { language: String(options.language) }))
      return 2
    }
    progress(say(words.reading, chosen, { file: basename(path) }))
    const pack = await openPack()
    const read = await readFiles(path, options.mapping, chosen, pack)
    if ('refusal' in read) {
      progress(undefined)
      warn(read.refusal)
      return 2
    }
    const { documents } = read.source
    const reports = checkAll(documents, pack, chosen, progress)
    const across = acrossYears(documents, chosen)
    progress(undefined)
    if (options.json) print(JSON.stringify(asJson(reports, across), null, 2))
    else {
      printReports(reports, parts, chosen, print)
      for (const { report, ...years } of across) {
        print(say(words.across, chosen, { ...years, holds: report.holds, fails: report.fails.length }))
        printEntries('fails', report.fails, chosen, print)
      }
    }
    return [...reports, ...across].some(({ report }) => report.fails.length > 0) ? 1 : 0
  },
}

/** `./praya estimates import FILE`. */
const importFile: Command = {
  name: 'estimates import',
  summary: words.import,
  arguments: [file],
  options: { mapping },
  async run({ arguments: [path = ''], options, progress, language, openPack, withInstallation, ...out }) {
    const [print, warn] = [plainly(out.print), plainly(out.warn)]
    progress(say(words.reading, language, { file: basename(path) }))
    const pack = await openPack()
    const read = await readFiles(path, options.mapping, language, pack)
    if ('refusal' in read) {
      progress(undefined)
      warn(read.refusal)
      return 2
    }
    const { source } = read
    progress(say(words.writing, language, { all: source.documents.length }))
    const written = await withInstallation(({ sql }) =>
      sql.begin((transaction) => publishDocuments(transaction, 'system', readingOf(source))),
    ).catch((error) => {
      if (error instanceof Problem) return error
      throw error
    })
    progress(undefined)
    if (written instanceof Problem) {
      warn(say(written.title, language, written.options.values))
      return 2
    }
    const { changed } = written
    print(
      say(changed > 1 ? words.imported : changed > 0 ? words.importedOne : words.again, language, {
        file: source.name,
        count: changed,
      }),
    )
    printReports(checkAll(source.documents, pack, language, progress), ['fails', 'derived'], language, print)
    printFindings(source, language, print)
    return 0
  },
}

export const commands: readonly Command[] = [importFile, check]

/** The file and its mapping, or the one sentence that says why not. Nothing larger than the limit is opened. */
async function readFiles(
  path: string,
  mappingPath: string | boolean | undefined,
  language: Language,
  { government }: Pack,
): Promise<{ source: Source } | { refusal: string }> {
  const open = async (each: string) => {
    const { size } = await stat(each)
    if (size > importBytesMax) throw new Error(say(refusals['too-large'], language, { max: importMegabytesMax }))
    return { name: basename(each), bytes: await readFile(each) }
  }
  let files: Awaited<ReturnType<typeof open>>[]
  try {
    files = await Promise.all([path, ...(typeof mappingPath === 'string' ? [mappingPath] : [])].map(open))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const why = say(unreadable[code ?? ''] ?? { en: message, 'zh-Hant': message }, language).replace(/[.。]$/, '')
    return { refusal: say(words.unreadable, language, { file: path, why }) }
  }
  const read = await readSource(files[0]!, files[1], government.financialYearStartMonth)
  if ('source' in read) return read
  const { of, text, values, mistakes } = read.refusal
  const name = of === 'mapping' ? String(mappingPath ?? path) : path
  const lines = mistakes.map(({ line, ...each }) => `${name}:${line}  ${say(each.text, language, each.values)}`)
  return {
    refusal:
      lines.length > 0
        ? lines.join('\n')
        : say(words.refused, language, { file: name, reason: say(text, language, values) }),
  }
}

type Across = { head: string; earlier: string; later: string; report: Report }

/** Estimate of one year against the original of the next, for Heads that the file holds for both. */
function acrossYears(documents: readonly EstimatesDocument[], language: Language): Across[] {
  return documents.flatMap((later) => {
    const first = Number(later.year.slice(0, 4)) - 1
    const earlier = documents.find(
      (each) => each.head === later.head && each.language === later.language && Number(each.year.slice(0, 4)) === first,
    )
    if (!earlier) return []
    const found = checkAcrossYears(earlier, later)
    return [{ head: later.head, earlier: earlier.year, later: later.year, report: toReport(later, found, language) }]
  })
}

type Checked = { document: EstimatesDocument; title: string; report: Report; inferred: number }

/** The report itself for one Head; for several a list of reports that say of which, and how the years agree. */
function asJson(reports: readonly Checked[], across: readonly Across[]): unknown {
  const [only] = reports
  if (only && reports.length === 1) return only.report
  return {
    heads: reports.map(({ document: { year, head, language }, report }) => ({ year, head, language, ...report })),
    acrossYears: across.map(({ report, ...years }) => ({ ...years, ...report })),
  }
}

type Print = (line: string) => void

/** Names come from files and may be read from a database of before: no sign of theirs commands the terminal. */
const plainly =
  (print: Print): Print =>
  (line) =>
    print(line.replace(unseen, '\ufffd'))

const parts = ['fails', 'derived', 'cannotBeChecked', 'warnings'] as const
type Part = (typeof parts)[number]

function checkAll(
  documents: readonly EstimatesDocument[],
  pack: Pack,
  language: Language,
  progress: (line: string | undefined) => void,
): Checked[] {
  const reports = documents.map((document, at) => {
    progress(say(words.checking, language, { done: at + 1, all: documents.length }))
    const found = checkDocument(document)
    const inferred = found.cells.filter(({ status }) => status === 'inferred').length
    const title = say(titleOf(pack, document), language)
    return { document, title, report: toReport(document, found, language), inferred }
  })
  progress(undefined)
  return reports
}

/** A line for each Head, then the `told` parts of its report; of many Heads only what fails is told in full. */
function printReports(reports: readonly Checked[], told: readonly Part[], language: Language, print: Print): void {
  for (const { document, title, report, inferred } of reports) {
    const { head, year } = document
    const counts = {
      holds: report.holds,
      fails: report.fails.length,
      unknown: report.cannotBeChecked.length,
      derived: report.derived.length,
      inferred: inferred > 0 ? say(words.inferred, language, { inferred }) : '',
      warnings: report.warnings.length,
    }
    print(say(words.summary, language, { head, year, title, ...counts }))
    for (const part of reports.length > 1 ? (['fails'] as const) : told)
      printEntries(part, report[part], language, print)
  }
}

function printEntries(part: Part, entries: Report['fails'], language: Language, print: Print): void {
  if (entries.length === 0) return
  print(`\n${say(words[part], language)}`)
  for (const { sentence, lines, suspects } of entries) {
    print(`  ${sentence} [${linesText(lines, language)}]`)
    const [first] = suspects ?? []
    if (first) print(`    ${say(words.suspect, language, { sentence: first.sentence })}`)
  }
}

function linesText(lines: readonly Lines[], language: Language): string {
  const [first] = lines
  const one = lines.length === 1 && first?.from === first?.to
  const list = lines.map(({ from, to }) => (from === to ? from : `${from}–${to}`)).join(language === 'en' ? ', ' : '、')
  return say(one ? words.line : words.lines, language, { lines: list })
}

function printFindings({ documents, findings }: Source, language: Language, print: Print): void {
  const all = [...findings, ...documents.flatMap((document) => document.findings)]
  if (all.length > 0) print(say(words.found, language, { count: all.length }))
  const sentences: Readonly<Record<string, Text>> = { ...textFindings, ...tableFindings }
  for (const { code, values, lines } of all) {
    const text = sentences[code] ?? { en: code, 'zh-Hant': code }
    print(
      `  ${say(words.finding, language, { lines: linesText([lines], language), sentence: say(text, language, values) })}`,
    )
  }
}
