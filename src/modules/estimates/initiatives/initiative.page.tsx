import { Page, Phrase, SummaryList, texts, Unbroken, usePage } from '#platform'
import { crumbs } from '../publish/head.page.tsx'
import type { InitiativeAnswer } from './answers.ts'
import { PrintedIndicators } from './indicators.tsx'
import { GoTo, Measured, Money, Owner, StatusTag, SystemState } from './parts.tsx'
import { words } from './words.ts'

const own = texts({
  lead: {
    en: 'An initiative of Head {head}, {year}, under programme ({programme}): {name}.',
    'zh-Hant': '{year} 年度總目 {head} 綱領({programme})「{name}」的計劃項目。',
  },
  at: { en: '{place}, line {line}', 'zh-Hant': '{place}，第 {line} 行' },
  systems: { en: 'The systems that do it', 'zh-Hant': '負責的系統' },
  done: { en: 'Work done', 'zh-Hant': '年內工作' },
  attention: { en: 'Needs special attention', 'zh-Hant': '需要特別留意的事項' },
  other: { en: 'Also spoken of', 'zh-Hant': '其他提及之處' },
  textWaits: {
    en: 'The wording appears here when the printed text is imported; until then the line number leads to it.',
    'zh-Hant': '匯入印刷文本後，這裏會顯示原文；在此之前可按行號查閱。',
  },
  statusFrom: { en: 'as line {line} says', 'zh-Hant': '見第 {line} 行' },
  endedFrom: {
    en: 'our reading: line {line} names it as work of the year before, and no matter of {year} does',
    'zh-Hant': '屬推斷：第 {line} 行列為上年度的工作，{year} 年度的事項再無提及',
  },
  noIndicators: { en: 'The document gives no target or indicator for it.', 'zh-Hant': '文件沒有為此訂明目標或指標。' },
  cover: { en: 'Cover', 'zh-Hant': '封面' },
  description: { en: 'Brief description', 'zh-Hant': '簡介' },
  matter: { en: 'Matters', 'zh-Hant': '事項' },
  target: { en: 'Targets', 'zh-Hant': '目標' },
  indicator: { en: 'Indicators', 'zh-Hant': '指標' },
  explanation: { en: 'Explanation of the provision', 'zh-Hant': '財政撥款分析' },
  breakdown: { en: 'Analysis of subhead 000', 'zh-Hant': '分目 000 分析' },
  commitment: { en: 'Commitments', 'zh-Hant': '承擔額' },
})

export function InitiativePage(data: InitiativeAnswer) {
  const { say, href } = usePage()
  const { name, status, statusLine, owner, partners, line, systems, figures, note, document } = data
  return (
    <Page
      title={say(name)}
      breadcrumbs={[...crumbs(document, say, true), { text: say(words.initiatives), path: '/initiatives' }]}
    >
      <h1>
        <Phrase text={say(name)} />
      </h1>
      <p class="lead">{say(own.lead, { ...document, programme: line.programme, name: say(line.programmeName) })}</p>
      {note && <p>{say(note)}</p>}
      <GoTo modules={systems.flatMap(({ modules }) => modules)} />
      <SummaryList
        rows={[
          {
            key: say(words.status),
            value: (
              <>
                <StatusTag status={status} />
                <small class="below">
                  <Unbroken
                    text={say(status === 'ended' ? own.endedFrom : own.statusFrom, { line: statusLine, ...document })}
                  />
                </small>
              </>
            ),
          },
          { key: say(words.money), value: <Money line={line} /> },
          { key: say(words.owner), value: <Owner owner={owner} /> },
          ...(partners.length
            ? [{ key: say(words.partners), value: partners.map((each) => say(each.name)).join(say(words.comma)) }]
            : []),
        ]}
      />
      <h2>{say(own.systems)}</h2>
      <ul class="entries">
        {systems.map((system) => (
          <li key={system.id}>
            <a href={href(`/systems/${system.id}`)}>{say(system.name)}</a>
            <SystemState modules={system.modules} />
          </li>
        ))}
      </ul>
      <Measured figures={figures} />
      <h2>{say(words.printed)}</h2>
      {data.indicators.length === 0 ? (
        <p>{say(own.noIndicators)}</p>
      ) : (
        <PrintedIndicators indicators={data.indicators} />
      )}
      <Lines data={data} />
    </Page>
  )
}

/** The lines of the document that this initiative is read from. */
function Lines({ data: { matters, mentions, language } }: { data: InitiativeAnswer }) {
  const { say } = usePage()
  return (
    <>
      <h2>{say(words.lines)}</h2>
      {matters.some(({ text }) => text === null) && <p class="muted">{say(own.textWaits)}</p>}
      <dl class="summary-list">
        {matters.map(({ list, line, text }) => (
          <div key={line}>
            <dt>{say(own.at, { place: say(own[list]), line })}</dt>
            <dd lang={text ? (language ?? undefined) : undefined}>{text}</dd>
          </div>
        ))}
        {mentions.map(({ place, line }) => (
          <div key={`${place}${line}`}>
            <dt>{say(own.at, { place: say(own[place]), line })}</dt>
            <dd class="muted">{say(own.other)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
