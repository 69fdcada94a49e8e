import {
  Button,
  Moment,
  NotificationBanner,
  Page,
  Phrase,
  SummaryList,
  Table,
  Tag,
  type Text,
  texts,
  usePage,
} from '#platform'
import { Value, waysOf } from './approvals.tsx'
import { capital, words as ofItem, Verdict } from './item.page.tsx'
import { words as ofList } from './registers.page.tsx'
import type { EntryNote, FieldValue, Proposal, StepsData } from './types.ts'

export const words = texts({
  public: { en: 'What everybody sees of it', 'zh-Hant': '公開頁面' },
  holds: { en: 'Held by', 'zh-Hant': '持有人' },
  you: { en: 'you', 'zh-Hant': '你' },
  unnamed: { en: 'somebody who is not named to you', 'zh-Hant': '不向你顯示姓名或名稱' },
  notPublic: { en: 'not public', 'zh-Hant': '不公開' },
  waits: { en: 'What waits', 'zh-Hant': '等候批准的提議' },
  none: { en: 'No proposal waits.', 'zh-Hant': '沒有提議等候批准。' },
  leadsTo: { en: 'Leads to', 'zh-Hant': '生效後狀況' },
  passes: { en: '{to}, and it passes to whoever takes it', 'zh-Hant': '{to}，並轉由承讓的一方持有' },
  proposedAt: { en: 'Proposed', 'zh-Hant': '提出時間' },
  until: { en: 'Waits until', 'zh-Hant': '等候至' },
  late: { en: 'ran out of time', 'zh-Hant': '已逾時' },
  approvedBy: { en: 'Approved by', 'zh-Hant': '已批准' },
  missing: { en: 'Still missing', 'zh-Hant': '尚待批准' },
  // What follows stands apart in English alone.
  or: { en: 'or ', 'zh-Hant': '或' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  withdraw: { en: 'Withdraw', 'zh-Hant': '撤回' },
  letter: { en: 'The letter with the code', 'zh-Hant': '附代碼的信件' },
  letterHint: {
    en: 'Whoever is to hold it approves by a code. Print the letter and hand it to them.',
    'zh-Hant': '承讓的一方憑代碼批准。請列印信件，交予對方。',
  },
  now: { en: 'What you can do now', 'zh-Hant': '你現時可辦理的步驟' },
  nothing: {
    en: 'There is no step that you can propose as it stands.',
    'zh-Hant': '按現時狀況，你沒有可提出的步驟。',
  },
  as: { en: '{step}, as {party}', 'zh-Hant': '{step}（以{party}身份）' },
  harm: { en: 'against the holder', 'zh-Hant': '不利於持有人' },
  entries: { en: 'Everything that was entered', 'zh-Hant': '全部條目' },
  who: { en: 'Who', 'zh-Hant': '由誰' },
  said: { en: 'What was said', 'zh-Hant': '內容' },
  tookEffect: { en: 'took effect', 'zh-Hant': '生效' },
  erased: { en: 'erased', 'zh-Hant': '已刪除' },
  lost: { en: 'lost with a database', 'zh-Hant': '因資料庫損毀而缺失' },
  entry: { en: 'Entry', 'zh-Hant': '條目' },
  reason: { en: 'Reason: {reason}', 'zh-Hant': '原因：{reason}' },
  doneTitle: { en: 'It took effect', 'zh-Hant': '已生效' },
  enteredTitle: { en: 'It was entered', 'zh-Hant': '已登錄' },
  refusedTitle: { en: 'It was refused', 'zh-Hant': '已拒絕' },
  doneBody: { en: '“{step}” has taken effect and stands in the log.', 'zh-Hant': '「{step}」已生效，並載於日誌。' },
  enteredBody: {
    en: '“{step}” waits now for those who are named under “What waits”.',
    'zh-Hant': '「{step}」現正等候下列「等候批准的提議」所載各方批准。',
  },
  refusedBody: { en: 'Nothing changes by “{step}” any more.', 'zh-Hant': '「{step}」不會再帶來任何變動。' },
  erase: { en: 'Erase what it holds', 'zh-Hant': '刪除內容' },
})

/** All of an item, for one of its parties. What waits for an answer stands before what can be begun. */
export function StepsPage(data: StepsData) {
  const { say, href } = usePage()
  const { register, number, path, standing, holder, fields } = data
  const title = say(ofItem.title, { item: capital(say(register.item)), number })
  return (
    <Page
      title={title}
      breadcrumbs={[
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(register.title), path: register.path },
      ]}
    >
      {data.entered && <Entered entered={data.entered} />}
      <h1>
        <Phrase text={title} />
      </h1>
      <Verdict standing={standing} />
      <SummaryList
        rows={[
          ...fields.map((field) => ({ key: say(field.title), value: <FieldCell field={field} /> })),
          ...(data.holdable && !isGone(standing)
            ? [{ key: say(words.holds), value: holder ? writeHolder(say, holder) : say(ofItem.nobody) }]
            : []),
        ]}
      />
      <p>
        <a href={href(path)}>{say(words.public)}</a>
      </p>
      <Waiting {...data} />
      <Offers {...data} />
      <Entries {...data} />
      {data.mayErase && (
        <p>
          <a href={href(`/office/ledger/registers/${register.id}/items/${number}/erase`)}>{say(words.erase)}</a>
        </p>
      )}
    </Page>
  )
}

/** Whether nobody knows here any more what an item holds and who holds it. */
const isGone = ({ erased, lost }: StepsData['standing']) => erased || lost

const writeHolder = (say: ReturnType<typeof usePage>['say'], { me, name }: NonNullable<StepsData['holder']>) =>
  say(me ? words.you : (name ?? words.unnamed))

function Entered({ entered: { step, kind, tookEffect } }: { entered: EntryNote }) {
  const { say } = usePage()
  const which = kind === 'step-refused' ? 'refused' : tookEffect ? 'done' : 'entered'
  return (
    <NotificationBanner tone="good" title={say(words[`${which}Title`])}>
      <p>{say(words[`${which}Body`], { step })}</p>
    </NotificationBanner>
  )
}

function FieldCell({ field }: { field: FieldValue }) {
  const { say } = usePage()
  return (
    <>
      <Value field={field} /> {!field.public && <span class="muted">({say(words.notPublic)})</span>}
    </>
  )
}

function Waiting({ proposals, standing }: StepsData) {
  const { say } = usePage()
  if (isGone(standing)) return null
  return (
    <section>
      <h2 id="waits">{say(words.waits)}</h2>
      {proposals.length === 0 && <p class="empty">{say(words.none)}</p>}
      {proposals.map((proposal) => (
        <One key={proposal.leaf} proposal={proposal} />
      ))}
    </section>
  )
}

function One({ proposal }: { proposal: Proposal }) {
  const { say, href } = usePage()
  const { leaf, path, step, approve, refuse, mine, letter } = proposal
  const which = <span class="visually-hidden"> {say(step)}</span>
  return (
    <section class="proposal" id={`proposal-${leaf.slice(0, 8)}`}>
      <h3>{say(step)}</h3>
      <ProposalFacts proposal={proposal} />
      {letter && (
        <p>
          {say(words.letterHint)}{' '}
          <a href={href(`${path}/letter`)}>
            {say(words.letter)}
            {which}
          </a>
        </p>
      )}
      {(approve || refuse) && (
        <p class="buttons">
          {approve && (
            <Button href={href(`${path}?answer=approved`)}>
              {say(words.approve)}
              {which}
            </Button>
          )}
          {refuse && (
            <Button kind="second" href={href(`${path}?answer=refused`)}>
              {say(mine ? words.withdraw : words.refuse)}
              {which}
            </Button>
          )}
        </p>
      )}
    </section>
  )
}

/** What is proposed, who approved it, and what is missing. */
export function ProposalFacts({ proposal }: { proposal: Proposal }) {
  const page = usePage()
  const { say } = page
  const { to, passes, at, until, late, by, fields, reason, missing } = proposal
  return (
    <SummaryList
      rows={[
        { key: say(words.leadsTo), value: passes ? say(words.passes, { to }) : say(to) },
        ...fields.map((field) => ({ key: say(field.title), value: <FieldCell field={field} /> })),
        ...(reason ? [{ key: say(reasonKey), value: <span class="field-value">{reason}</span> }] : []),
        { key: say(words.proposedAt), value: <Moment at={at} /> },
        {
          key: say(words.until),
          value: (
            <>
              <Moment at={until} /> {late && <Tag tone="bad">{say(words.late)}</Tag>}
            </>
          ),
        },
        { key: say(words.approvedBy), value: <Actors by={by} /> },
        {
          key: say(words.missing),
          value: waysOf(
            page,
            missing.filter((needs) => needs.length > 0),
          ).map((way, index) => (
            <div key={way}>
              {index > 0 && say(words.or)}
              {way}
            </div>
          )),
        },
      ]}
    />
  )
}
const reasonKey: Text = { en: 'Reason', 'zh-Hant': '原因' }

function Actors({ by }: { by: Proposal['by'] }) {
  const { say } = usePage()
  return (
    <>
      {by.map((actor, at) => (
        <div key={at}>{writeActor(say, actor)}</div>
      ))}
    </>
  )
}

const named: Text = { en: '{party}: {name}', 'zh-Hant': '{party}：{name}' }
function writeActor(say: ReturnType<typeof usePage>['say'], { party, name, me }: EntryNote['by']): string {
  if (me) return say(named, { party, name: words.you })
  return name ? say(named, { party, name }) : say(party)
}

function Offers({ offers, path, standing }: StepsData) {
  const { say, href } = usePage()
  if (isGone(standing)) return null
  const twice = (step: string) => offers.filter((each) => each.step === step).length > 1
  return (
    <section>
      <h2>{say(words.now)}</h2>
      {offers.length === 0 ? (
        <p class="empty">{say(words.nothing)}</p>
      ) : (
        <ul class="sections">
          {offers.map(({ step, party, title, as, harm }) => (
            <li key={`${step}/${party}`}>
              <a href={href(`${path}/steps/new?step=${step}&party=${party}`)}>
                {twice(step) ? say(words.as, { step: title, party: as }) : say(title)}
              </a>{' '}
              {harm && <span>{say(words.harm)}</span>}
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Entries({ entries, shown }: StepsData) {
  const { say } = usePage()
  return (
    <section>
      <h2>{say(words.entries)}</h2>
      <Table
        caption={say(words.entries)}
        captionHidden
        narrow="stack"
        columns={[ofItem.what, ofItem.when, words.who, words.said].map((text) => ({ label: say(text) }))}
        rows={entries.map((entry) => ({
          cells: [
            <What key="what" entry={entry} />,
            <Moment key="at" at={entry.at} />,
            writeActor(say, entry.by),
            <Said key="said" entry={entry} />,
          ],
        }))}
      />
      {entries.length >= shown && <p class="muted">{say(ofItem.newest, { count: shown })}</p>}
    </section>
  )
}

const kinds = {
  'step-proposed': ofItem.proposedKind,
  'step-approved': ofItem.approvedKind,
  'step-refused': ofItem.refusedKind,
} as const

function What({ entry: { kind, step, tookEffect, path, leaf } }: { entry: EntryNote }) {
  const { say, href } = usePage()
  return (
    <>
      {say(kinds[kind], { step })} {tookEffect && <Tag tone="good">{say(words.tookEffect)}</Tag>}{' '}
      <a href={href(path)}>
        {say(words.entry)}
        <span class="visually-hidden"> {leaf.slice(0, 8)}</span>
      </a>
    </>
  )
}

function Said({ entry: { fields, lost, reason } }: { entry: EntryNote }) {
  const page = usePage()
  const { say } = page
  if (fields === null) return <Tag tone="warn">{say(lost ? words.lost : words.erased)}</Tag>
  return (
    <>
      {fields.map((field) => (
        <div key={field.id}>
          {say(field.title)}
          {say(colon)}
          <Value field={field} />
        </div>
      ))}
      {reason && <div class="field-value">{say(words.reason, { reason })}</div>}
      {fields.length === 0 && !reason && '–'}
    </>
  )
}
const colon: Text = { en: ': ', 'zh-Hant': '：' }
