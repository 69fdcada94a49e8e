import {
  Button,
  Chart,
  Moment,
  NotificationBanner,
  Page,
  Pagination,
  Phrase,
  Progress,
  SummaryList,
  Table,
  type Text,
  texts,
  usePage,
} from '#platform'
import { dayText } from '../../applying/read.rules.ts'
import { officePath } from '../history.ts'
import { words as desk } from '../parts.tsx'
import { StateTag } from './cohorts.page.tsx'
import { type CaseOf, type CohortData, caseStates, type Said } from './types.ts'
import { caseStateNames, kindNames, misfitNames, outcomeNames, shared } from './words.ts'

const words = texts({
  target: { en: 'Under', 'zh-Hant': '轉用' },
  chosen: { en: 'Which cases', 'zh-Hant': '個案範圍' },
  count: { en: 'In all {count}', 'zh-Hant': '共 {count} 宗' },
  from: { en: 'from {day}', 'zh-Hant': '由 {day}' },
  to: { en: 'up to {day}', 'zh-Hant': '至 {day}' },
  begun: { en: 'Chosen by', 'zh-Hant': '選擇人員' },
  proposed: { en: 'Proposed by', 'zh-Hant': '建議人員' },
  approved: { en: 'Approved by', 'zh-Hant': '批准人員' },
  done: { en: 'Done', 'zh-Hant': '完成時間' },
  undoProposed: { en: 'Undoing proposed by', 'zh-Hant': '建議撤銷人員' },
  undone: { en: 'Undone by', 'zh-Hant': '撤銷人員' },
  outcome: { en: 'Outcome', 'zh-Hant': '決定結果' },
  progress: { en: '{done} of {total} cases', 'zh-Hant': '已處理 {done} 宗，共 {total} 宗' },
  again: { en: 'Look again', 'zh-Hant': '重新查看' },
  goesOn: { en: 'This goes on by itself, also when you close the page.', 'zh-Hant': '程序會自動繼續，關閉此頁亦然。' },
  failed: { en: 'An error stopped it', 'zh-Hant': '因錯誤而停止' },
  failedText: {
    en: 'What was done until then stands, and no case was done half. Let it go on; if it stops again, tell whoever runs this system.',
    'zh-Hant': '此前已處理的個案仍然有效，沒有個案只處理一半。請恢復執行；如再次停止，請通知系統管理人員。',
  },
  goOn: { en: 'Let it go on', 'zh-Hant': '恢復執行' },
  nothing: {
    en: 'There is nothing to change: no case comes out otherwise.',
    'zh-Hant': '沒有個案的結果不同，無須更改。',
  },
  otherwise: {
    en: 'Otherwise under the other version: {count} of {total}',
    'zh-Hant': '轉用後結果不同：{count} 宗，共 {total} 宗',
  },
  movable: {
    en: 'Can go on by the other version: {count} of {total}',
    'zh-Hant': '可轉用其他版本：{count} 宗，共 {total} 宗',
  },
  propose: { en: 'Propose it to another officer', 'zh-Hant': '提交另一名人員批准' },
  proposeText: {
    en: 'Once approved, each person is told what changes for them. It can be undone for 30 days.',
    'zh-Hant': '批准後，系統會通知每名當事人有何改變。30 天內可以撤銷。',
  },
  discard: { en: 'Throw the preview away', 'zh-Hant': '刪除預覽' },
  discardText: {
    en: 'No case was changed by it. A preview that nobody proposes goes by itself after 30 days.',
    'zh-Hant': '預覽沒有更改任何個案。無人提交批准的預覽會在 30 天後自動刪除。',
  },
  waits: { en: 'Another officer must approve it.', 'zh-Hant': '須由另一名人員批准。' },
  approve: { en: 'Approve and change them ({count})', 'zh-Hant': '批准並更改（{count} 宗）' },
  sendBack: { en: 'Send back', 'zh-Hant': '退回' },
  undo: { en: 'Propose to undo all of it', 'zh-Hant': '建議整批撤銷' },
  undoWaits: { en: 'Another officer must approve that it is undone.', 'zh-Hant': '須由另一名人員批准撤銷。' },
  approveUndo: { en: 'Approve and undo all of it', 'zh-Hant': '批准並整批撤銷' },
  leave: { en: 'Leave it as it is', 'zh-Hant': '維持不變' },
  undoText: {
    en: 'Once another officer approves it, each case stands again as before, and each person is told. Cases that went on since stay as they are. Possible until',
    'zh-Hant': '經另一名人員批准後，每宗個案會還原，並通知當事人；其後已有進展的個案維持不變。限期至',
  },
  chart: { en: 'What comes of the cases', 'zh-Hant': '個案結果' },
  chartUnit: { en: 'Number of cases', 'zh-Hant': '個案數目' },
  reasons: { en: 'Which decisions become which', 'zh-Hant': '原決定與新決定對照' },
  amount: { en: 'Amount', 'zh-Hant': '金額' },
  change: { en: 'Change', 'zh-Hant': '改變' },
  moves: { en: 'Can be moved', 'zh-Hant': '可以轉用' },
  leftOut: { en: 'Left out', 'zh-Hant': '不納入' },
  misfits: { en: 'Why cases are left out, and what is left to do', 'zh-Hant': '不納入的原因及待辦事項' },
  number: { en: 'Number', 'zh-Hant': '數目' },
  every: { en: 'All ({count})', 'zh-Hant': '全部（{count}）' },
  counted: { en: '{title} ({count})', 'zh-Hant': '{title}（{count}）' },
  show: { en: 'Which cases to show', 'zh-Hant': '顯示個案' },
  none: { en: 'No case here.', 'zh-Hant': '這裏沒有個案。' },
})

const path = '/office/services/cohorts'

export function CohortPage(data: CohortData) {
  const { say } = usePage()
  const title = say(kindNames[data.kind])
  return (
    <Page
      title={`${title} · ${say(data.title)}`}
      wide
      breadcrumbs={[
        { text: say(desk.desk), path: '/office/services' },
        { text: say(shared.cohorts), path },
      ]}
    >
      <p class="caption">{say(data.title)}</p>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">
        <StateTag state={data.state} />
      </p>
      <Working {...data} />
      <Acts {...data} />
      <Facts {...data} />
      {data.state !== 'previewing' && <Outcomes {...data} />}
      <Misfits {...data} />
      <Cases {...data} />
    </Page>
  )
}

const number = (value: number) => value.toLocaleString('en')
const countOf = ({ counts }: CohortData, ...states: readonly (typeof caseStates)[number][]) =>
  states.reduce((sum, state) => sum + (counts[state] ?? 0), 0)

/** How far it is while it is worked on, or that it stopped. */
function Working(data: CohortData) {
  const { say, href } = usePage()
  const own = `${path}/${data.id}`
  if (data.state === 'failed')
    return (
      <NotificationBanner title={say(words.failed)} tone="warn" id="failed">
        <p>{say(words.failedText)}</p>
        <form method="post" action={href(`${own}/go-on`)}>
          <Button>{say(words.goOn)}</Button>
        </form>
      </NotificationBanner>
    )
  const waiting = { previewing: 'waiting', running: 'planned', undoing: 'applied' } as const
  if (data.state !== 'previewing' && data.state !== 'running' && data.state !== 'undoing') return null
  const of =
    data.state === 'previewing'
      ? data.total
      : data.state === 'running'
        ? countOf(data, 'planned', 'applied', 'left-out')
        : countOf(data, 'applied', 'undone', 'kept')
  const done = of - countOf(data, waiting[data.state])
  return (
    <section>
      <Progress at={done} of={Math.max(of, 1)} text={say(words.progress, { done: number(done), total: number(of) })} />
      <p>
        {say(words.goesOn)} <a href={href(own)}>{say(words.again)}</a>
      </p>
    </section>
  )
}

function Acts(data: CohortData) {
  const { say, href } = usePage()
  const { can, state, undoUntilOn } = data
  const own = `${path}/${data.id}`
  const planned = countOf(data, 'planned')
  return (
    <>
      {state === 'previewed' && planned === 0 && <p>{say(words.nothing)}</p>}
      {can.propose && (
        <form method="post" action={href(`${own}/proposal`)}>
          <p>{say(words.proposeText)}</p>
          <Button>{say(words.propose)}</Button>
        </form>
      )}
      {can.discard && (
        <form method="post" action={href(`${own}/discard`)}>
          <p>{say(words.discardText)}</p>
          <Button kind="second">{say(words.discard)}</Button>
        </form>
      )}
      {state === 'proposed' && !can.approve && <p>{say(words.waits)}</p>}
      {state === 'proposed' && (
        <div class="buttons">
          {can.approve && (
            <form method="post" action={href(`${own}/approval`)}>
              <input type="hidden" name="answer" value="approved" />
              <Button>{say(words.approve, { count: number(planned) })}</Button>
            </form>
          )}
          <form method="post" action={href(`${own}/approval`)}>
            <input type="hidden" name="answer" value="sent-back" />
            <Button kind="second">{say(words.sendBack)}</Button>
          </form>
        </div>
      )}
      {can.undo && undoUntilOn && (
        <form method="post" action={href(`${own}/undo`)}>
          <p>
            {say(words.undoText)} <Moment at={undoUntilOn} />
          </p>
          <Button kind="harm">{say(words.undo)}</Button>
        </form>
      )}
      {state === 'undo-proposed' && !can.approveUndo && <p>{say(words.undoWaits)}</p>}
      {state === 'undo-proposed' && (
        <div class="buttons">
          {can.approveUndo && (
            <form method="post" action={href(`${own}/undo/approval`)}>
              <input type="hidden" name="answer" value="approved" />
              <Button kind="harm">{say(words.approveUndo)}</Button>
            </form>
          )}
          <form method="post" action={href(`${own}/undo/approval`)}>
            <input type="hidden" name="answer" value="sent-back" />
            <Button kind="second">{say(words.leave)}</Button>
          </form>
        </div>
      )}
    </>
  )
}

function Facts(data: CohortData) {
  const { say } = usePage()
  const { filter } = data
  const which = [
    say(words.count, { count: number(data.total) }),
    filter.version === null ? '' : say(shared.version, { number: filter.version }),
    filter.state === null ? '' : say(filter.state),
    filter.outcome === null ? '' : say(outcomeNames[filter.outcome]),
    filter.sinceOn === null ? '' : say(words.from, { day: dayText(filter.sinceOn) }),
    filter.untilOn === null ? '' : say(words.to, { day: dayText(filter.untilOn) }),
  ].filter(Boolean)
  const who = (name: Text, at: string | null) => (
    <>
      {say(name)} {at && <Moment at={at} />}
    </>
  )
  return (
    <div class="after-form">
      <SummaryList
        rows={[
          { key: say(words.target), value: say(shared.version, { number: data.targetNumber }) },
          { key: say(words.chosen), value: which.join(' · ') },
          { key: say(words.begun), value: who(data.begunBy, data.begunAt) },
          ...(data.proposedBy ? [{ key: say(words.proposed), value: who(data.proposedBy, data.proposedAt) }] : []),
          ...(data.approvedBy ? [{ key: say(words.approved), value: say(data.approvedBy) }] : []),
          ...(data.doneAt ? [{ key: say(words.done), value: <Moment at={data.doneAt} /> }] : []),
          ...(data.undoProposedBy
            ? [{ key: say(words.undoProposed), value: who(data.undoProposedBy, data.undoProposedAt) }]
            : []),
          ...(data.undoneBy ? [{ key: say(words.undone), value: who(data.undoneBy, data.undoneAt) }] : []),
        ]}
      />
    </div>
  )
}

/** How many go from which decision to which, as a picture; and from which reasons to which, as a table. */
function Outcomes(data: CohortData) {
  const { say } = usePage()
  const goes = new Map<string, number>()
  for (const { before, after, amount, count } of data.changes) {
    const of = { before: before.outcome, after: after.outcome }
    const isOther = amount === 'more' || amount === 'less'
    const label = isOther ? say(shared.goesWith, { ...of, amount: shared[amount] }) : say(shared.goes, of)
    goes.set(label, (goes.get(label) ?? 0) + count)
  }
  if (data.kind === 'move') goes.set(say(words.moves), countOf(data, 'planned', 'applied', 'undone', 'kept'))
  goes.set(say(caseStateNames.same), countOf(data, 'same'))
  goes.set(say(words.leftOut), countOf(data, 'unfit', 'left-out'))
  const bars = [...goes].filter(([, count]) => count > 0)
  if (bars.length === 0) return null
  const changed = data.total - countOf(data, 'same', 'unfit', 'left-out', 'waiting')
  return (
    <section>
      <h2>{say(words.chart)}</h2>
      <Chart
        chart={{
          kind: 'bars',
          labels: bars.map(([label]) => label),
          series: [{ name: say(words.number), values: bars.map(([, count]) => count) }],
          write: number,
        }}
        title={say(data.kind === 'move' ? words.movable : words.otherwise, {
          count: number(changed),
          total: number(data.total),
        })}
        subtitle={say(words.chartUnit)}
        corner={say(words.change)}
        files={[{ label: 'CSV', path: `${path}/${data.id}/cases.csv`, type: 'text/csv' }]}
      />
      {data.changes.length > 0 && (
        <Table
          caption={say(words.reasons)}
          narrow="stack"
          columns={[
            ...[shared.before, shared.after, words.amount].map((text) => ({ label: say(text) })),
            { label: say(words.number), numeric: true },
          ]}
          rows={data.changes.map(({ before, after, amount, count }) => ({
            cells: [
              <Side key="before" side={{ ...before, noted: [] }} />,
              <Side key="after" side={{ ...after, noted: [] }} />,
              amount === null ? '–' : say(shared[amount]),
              number(count),
            ],
          }))}
        />
      )}
    </section>
  )
}

function Misfits({ misfits }: CohortData) {
  const { say } = usePage()
  if (misfits.length === 0) return null
  return (
    <section>
      <h2>{say(words.misfits)}</h2>
      <Table
        caption={say(words.misfits)}
        captionHidden
        narrow="stack"
        columns={[{ label: say(shared.why) }, { label: say(words.number), numeric: true }]}
        rows={misfits.map(({ code, what, count }) => ({
          cells: [
            what ? say(shared.withWhat, { why: misfitNames[code], what }) : say(misfitNames[code]),
            number(count),
          ],
        }))}
      />
    </section>
  )
}

function Cases(data: CohortData) {
  const { say, href } = usePage()
  const { id, cases, counts, shown, page, pages, total } = data
  const own = `${path}/${id}`
  const states = caseStates.filter((state) => counts[state])
  return (
    <section>
      <h2>{say(shared.cases)}</h2>
      <nav class="filter" aria-label={say(words.show)}>
        <ul>
          <li>
            <a href={href(own)} aria-current={shown === null ? 'true' : undefined}>
              {say(words.every, { count: number(total) })}
            </a>
          </li>
          {states.map((state) => (
            <li key={state}>
              <a href={href(`${own}?state=${state}`)} aria-current={shown === state ? 'true' : undefined}>
                {say(words.counted, { title: caseStateNames[state], count: number(counts[state]!) })}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {cases.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.cases)}
          captionHidden
          narrow="stack"
          columns={(data.kind === 'move'
            ? [shared.reference, shared.state, shared.why]
            : [shared.reference, shared.state, shared.before, shared.after, shared.why]
          ).map((text) => ({ label: say(text) }))}
          rows={cases.map((each) => ({ cells: cellsOf(each, data.kind) }))}
        />
      )}
      {pages > 1 && (
        <Pagination page={page} last={pages} address={(to) => `${own}?${shown ? `state=${shown}&` : ''}page=${to}`} />
      )}
    </section>
  )
}

function cellsOf({ reference, state, misfits, before, after }: CaseOf, kind: CohortData['kind']) {
  const { say, href } = usePage()
  return [
    <a key="reference" class="number" href={href(officePath(reference))}>
      {reference}
    </a>,
    say(caseStateNames[state]),
    ...(kind === 'move' ? [] : [<Side key="before" side={before} />, <Side key="after" side={after} />]),
    misfits.length === 0
      ? '–'
      : misfits
          .map(({ code, what }) =>
            what ? say(shared.withWhat, { why: misfitNames[code], what }) : say(misfitNames[code]),
          )
          .join(' · '),
  ]
}

/** A decision in a cell: what was decided, what was set with it, and why. */
function Side({ side }: { side: Said | null }) {
  const { say } = usePage()
  if (!side) return <>–</>
  return (
    <>
      <b>{say(side.outcome)}</b>
      {side.noted.map(({ title, value }) => (
        <>
          <br />
          {say(title)}: {say(value)}
        </>
      ))}
      {side.reasons.map((reason) => (
        <>
          <br />
          <span class="muted">{say(reason)}</span>
        </>
      ))}
    </>
  )
}
