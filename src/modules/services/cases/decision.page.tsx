import { Mark, Moment, Page, Phrase, SummaryList, Table, texts, usePage } from '#platform'
import { officePath } from './history.ts'
import { Paragraphs, Rows, words as shared } from './parts.tsx'
import type { DecisionData } from './types.ts'

const words = texts({
  title: { en: 'Why it was decided so', 'zh-Hant': '決定的依據' },
  decision: { en: 'Decision', 'zh-Hant': '決定' },
  when: { en: 'When', 'zh-Hant': '時間' },
  by: { en: 'By', 'zh-Hant': '作出決定' },
  proposed: { en: 'Proposed by', 'zh-Hant': '提出建議' },
  version: { en: 'Version of the rules', 'zh-Hant': '規則版本' },
  appeal: { en: 'A review can be asked for until', 'zh-Hant': '可要求覆核至' },
  reasons: { en: 'Reasons', 'zh-Hant': '原因' },
  inputs: { en: 'On what it rests', 'zh-Hant': '所據資料' },
  what: { en: 'What', 'zh-Hant': '項目' },
  value: { en: 'Value', 'zh-Hant': '內容' },
  source: { en: 'From', 'zh-Hant': '來源' },
  nothing: { en: 'Its rules read no answer.', 'zh-Hant': '規則未有讀取任何答案。' },
  looked: { en: 'It looked at', 'zh-Hant': '查看項目' },
  row: { en: 'Row {row} fits: {when}', 'zh-Hant': '符合第 {row} 項：{when}' },
  none: { en: 'No row fits.', 'zh-Hant': '沒有符合的規則。' },
  same: { en: 'Evaluated again, the same version comes to the same', 'zh-Hant': '以同一版本重新評定，結果相同' },
  other: { en: 'Evaluated again, it comes to something else', 'zh-Hant': '重新評定的結果不同' },
  message: { en: 'What the person was told', 'zh-Hant': '當事人收到的訊息' },
})

export function DecisionPage(data: DecisionData) {
  const { say } = usePage()
  const path = officePath(data.reference)
  return (
    <Page
      title={`${say(words.title)} · ${data.reference}`}
      breadcrumbs={[
        { text: say(shared.desk), path: '/office/services' },
        { text: data.reference, path },
      ]}
    >
      <p class="caption">
        {data.reference} · {say(data.service)}
      </p>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p>
        <Mark kind={data.replays ? 'holds' : 'fails'}>{say(data.replays ? words.same : words.other)}</Mark>
      </p>
      <SummaryList
        rows={[
          { key: say(words.decision), value: say(data.step) },
          { key: say(words.when), value: <Moment at={data.at} /> },
          { key: say(words.by), value: say(data.by) },
          ...(data.proposedBy ? [{ key: say(words.proposed), value: say(data.proposedBy) }] : []),
          { key: say(words.version), value: <code>{data.version.slice(0, 16)}</code> },
          ...(data.appealUntilOn ? [{ key: say(words.appeal), value: <Moment at={data.appealUntilOn} /> }] : []),
        ]}
      />
      {data.reasons.length > 0 && (
        <section>
          <h2>{say(words.reasons)}</h2>
          {data.reasons.map((reason) => (
            <p key={reason.en}>{say(reason)}</p>
          ))}
        </section>
      )}
      <section>
        <h2>{say(words.inputs)}</h2>
        {data.inputs.length === 0 ? (
          <p>{say(words.nothing)}</p>
        ) : (
          <Table
            caption={say(words.inputs)}
            captionHidden
            narrow="stack"
            columns={[words.what, words.value, words.source].map((text) => ({ label: say(text) }))}
            rows={data.inputs.map(({ title, value, source }) => ({ cells: [say(title), value, say(source)] }))}
          />
        )}
      </section>
      {data.tables.map((table) => (
        <section key={table.id}>
          <h2>{say(table.title)}</h2>
          <h3>{say(words.looked)}</h3>
          <Rows rows={table.looked} />
          {table.rows.length === 0 && <p>{say(words.none)}</p>}
          {table.rows.map(({ row, when, reason, gives }) => (
            <div key={row}>
              <h3>{say(words.row, { row, when: when.join(' · ') })}</h3>
              {reason && <p>{say(reason)}</p>}
              <Rows rows={gives} />
            </div>
          ))}
        </section>
      ))}
      {data.message && (
        <section>
          <h2>{say(words.message)}</h2>
          <p>
            <b>{say(data.message.subject)}</b>
          </p>
          <Paragraphs text={say(data.message.text)} />
        </section>
      )}
    </Page>
  )
}
