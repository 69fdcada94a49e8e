import { Page, Table, type Text, texts, usePage } from '#platform'
import { findings as textFindings } from '../import/findings.ts'
import { tableFindings } from '../mapping/findings.ts'
import type { Finding } from '../types.ts'
import { crumbs } from './head.page.tsx'
import type { HeadData } from './head-data.ts'
import { linesText } from './labels.rules.ts'
import { words } from './words.ts'

const own = texts({
  lead: {
    en: 'What stands in the source, and what was made of it: nothing was changed without a line here.',
    'zh-Hant': '來源文件的原狀，以及如何處理。每項改動均在此列明。',
  },
  pack: {
    en: 'These figures come from the pack of this government, where people wrote them down with the line of the source on which each stands. When the text itself is imported, this page lists what was repaired, doubted, lost and not understood.',
    'zh-Hant':
      '這些數字來自本政府的資料包，由人手連同所在行號記下。匯入原文後，本頁會列出修補、存疑、缺失及未能理解之處。',
  },
  none: { en: 'Nothing had to be repaired, doubted or left out.', 'zh-Hant': '沒有任何修補、存疑或略去之處。' },
  where: { en: 'Where', 'zh-Hant': '位置' },
  what: { en: 'What was found', 'zh-Hant': '發現' },
  source: { en: 'Source: {name}', 'zh-Hant': '來源：{name}' },
})

const kinds = texts({
  loss: { en: 'Lost', 'zh-Hant': '缺失' },
  doubt: { en: 'Read one way, though another is possible', 'zh-Hant': '存疑：另有其他讀法' },
  unknown: { en: 'Not understood, and kept as it is', 'zh-Hant': '未能理解，照原樣保留' },
  repair: { en: 'Repaired, and provably so', 'zh-Hant': '修補：可以證明' },
} satisfies Record<Finding['kind'], Text>)

/** The sentence of a finding; each importer keeps its own. */
export function findingText({ code }: Finding, kind: HeadData['source']['kind']): Text {
  const table: Readonly<Record<string, Text>> = kind === 'table' ? tableFindings : textFindings
  return table[code] ?? { en: code, 'zh-Hant': code }
}

/** Every repair, doubt and loss of the import, with its lines. */
export function FindingsPage(data: HeadData) {
  const { say } = usePage()
  const { findings } = data.document
  return (
    <Page
      title={`${say(words.findings)} – ${say(words.head, { head: data.head })}`}
      breadcrumbs={crumbs(data, say, true)}
    >
      <h1>
        <span class="caption">{`${say(words.head, { head: data.head })} · ${say(words.yearTitle, { year: data.year })}`}</span>
        {say(words.findings)}
      </h1>
      <p class="lead">{say(data.source.kind === 'pack' ? own.pack : findings.length > 0 ? own.lead : own.none)}</p>
      <FindingsTables findings={findings} kind={data.source.kind} />
      <p class="muted">{say(own.source, { name: data.source.name })}</p>
    </Page>
  )
}

type Findings = { findings: readonly Finding[]; kind: HeadData['source']['kind']; rowsMax?: number }

/** Each kind of finding in a table of its own, what needs a person first; at most `rowsMax` of each. */
export function FindingsTables({ findings, kind, rowsMax = Number.POSITIVE_INFINITY }: Findings) {
  const { say } = usePage()
  return (
    <>
      {(['doubt', 'loss', 'unknown', 'repair'] as const).map((each) => {
        const own = findings.filter((finding) => finding.kind === each)
        return (
          own.length > 0 && (
            <FindingsTable
              key={each}
              caption={`${say(kinds[each])} (${own.length})`}
              findings={own}
              kind={kind}
              rowsMax={rowsMax}
            />
          )
        )
      })}
    </>
  )
}

function FindingsTable({ caption, findings, kind, rowsMax }: Required<Findings> & { caption: string }) {
  const { say } = usePage()
  const rows = findings
    .toSorted((one, other) => one.lines.from - other.lines.from)
    .slice(0, rowsMax)
    .map((finding) => ({
      cells: [
        <span key="where" class="number">
          {say(linesText(finding.lines))}
        </span>,
        say(findingText(finding, kind), finding.values),
      ],
    }))
  return (
    <Table
      caption={caption}
      columns={[{ label: say(own.where) }, { label: say(own.what) }]}
      rows={rows}
      narrow="stack"
    />
  )
}
