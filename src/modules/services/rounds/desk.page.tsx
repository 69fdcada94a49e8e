import {
  Button,
  ErrorSummary,
  Page,
  Phrase,
  pageNames,
  Radios,
  SummaryList,
  Table,
  Tag,
  TextField,
  texts,
  usePage,
} from '#platform'
import type { DeskData, SheetData } from './types.ts'
import { shared } from './words.ts'

const words = texts({
  none: { en: 'You have nothing to judge now.', 'zh-Hant': '你暫時沒有需要評審的項目。' },
  undeclared: { en: 'Say first whether you have a conflict', 'zh-Hant': '請先申報利益' },
  conflict: { en: 'Conflict of interest', 'zh-Hant': '有利益衝突' },
  open: { en: 'To be marked', 'zh-Hant': '有待評分' },
  locked: { en: 'Locked', 'zh-Hant': '已鎖定' },
  chaired: { en: 'Rounds that you chair', 'zh-Hant': '你擔任主席的輪次' },
  joinTitle: { en: 'Join a panel', 'zh-Hant': '加入評審團' },
  code: { en: 'Code of the invitation', 'zh-Hant': '邀請代碼' },
  codeHint: { en: 'The department that invites you gives it to you.', 'zh-Hant': '由邀請你的部門提供。' },
  codeWrong: {
    en: 'This code leads to no invitation. Check it for slips; if it was used already, ask for another.',
    'zh-Hant': '代碼不對應任何邀請。請檢查有否輸入錯誤；如已使用，請索取另一個代碼。',
  },
  join: { en: 'Join', 'zh-Hant': '加入' },
  question: { en: 'Do you have a conflict of interest in this entry?', 'zh-Hant': '你與這個項目有否利益衝突？' },
  hint: {
    en: 'If you are related to somebody who may have entered, work with them or profit from it, you have. You read the entry after you answered.',
    'zh-Hant': '如與可能的參賽者有親屬、工作或利益關係，即屬有利益衝突。作答後方可閱讀項目。',
  },
  unsaid: { en: 'Say whether you have a conflict of interest.', 'zh-Hant': '請選擇有否利益衝突。' },
  yes: { en: 'Yes', 'zh-Hant': '有' },
  no: { en: 'No', 'zh-Hant': '沒有' },
  go: { en: 'Continue', 'zh-Hant': '繼續' },
  away: {
    en: 'You do not judge this entry, and nothing of it is shown to you.',
    'zh-Hant': '你不評審這個項目，其內容不會向你顯示。',
  },
  entry: { en: 'The entry', 'zh-Hant': '項目內容' },
  held: {
    en: '{name} (not checked for viruses yet; it can be opened once it is released)',
    'zh-Hant': '{name}（尚未掃描病毒，放行後便可開啟）',
  },
  gone: { en: '{name} (deleted since)', 'zh-Hant': '{name}（已刪除）' },
  within: {
    en: 'We take names out of what you read here, but not out of the files: a file may show who made it, in what it contains or in its properties. If you learn from it of a conflict of interest, say so below. Otherwise judge what it shows, and tell the chair of the round.',
    'zh-Hant':
      '本頁已隱去參賽者的身份，但檔案本身的內容或屬性仍可能顯示作者是誰。如因此發現有利益衝突，請在下方申報；如沒有，請按內容評審，並告知該輪評審的主席。',
  },
  marks: { en: 'Your marks', 'zh-Hant': '你的評分' },
  scale: { en: 'Whole numbers from {min} to {max}. {what}', 'zh-Hant': '{min} 至 {max} 的整數。{what}' },
  weight: { en: '{title} ({weight}%)', 'zh-Hant': '{title}（{weight}%）' },
  wrong: {
    en: '{title}: type a whole number from {min} to {max}.',
    'zh-Hant': '{title}：請輸入 {min} 至 {max} 的整數。',
  },
  keep: { en: 'Keep as a draft', 'zh-Hant': '存為草稿' },
  lock: { en: 'Lock the sheet', 'zh-Hant': '鎖定評分表' },
  lockMore: { en: 'Marks that are locked cannot be changed.', 'zh-Hant': '鎖定後不能更改分數。' },
  withdrawn: {
    en: 'If you have a conflict of interest after all, your marks are withdrawn and another judge gets the entry.',
    'zh-Hant': '如有利益衝突，你的評分會撤回，項目交由其他評審審閱。',
  },
  later: { en: 'I have found a conflict of interest', 'zh-Hant': '我發現有利益衝突' },
})

const tones = { undeclared: 'act', conflict: 'warn', open: 'act', locked: 'good' } as const

export function DeskPage({ sheets, chaired, code }: DeskData) {
  const { say, href } = usePage()
  return (
    <Page
      title={say(shared.desk)}
      breadcrumbs={[{ text: say(pageNames.account), path: '/account' }]}
      error={code.wrong}
    >
      <ErrorSummary errors={code.wrong ? [{ field: 'code', text: say(words.codeWrong) }] : []} />
      <h1>
        <Phrase text={say(shared.desk)} />
      </h1>
      {sheets.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.sheets)}
          captionHidden
          narrow="stack"
          columns={[shared.entry, shared.service, shared.round, shared.state].map((text) => ({ label: say(text) }))}
          rows={sheets.map(({ id, reference, service, round, state }) => ({
            cells: [
              <a key="entry" class="number" href={href(`/rounds/sheets/${id}`)}>
                {reference}
              </a>,
              say(service),
              say(round),
              <Tag key="state" tone={tones[state]}>
                {say(words[state])}
              </Tag>,
            ],
          }))}
        />
      )}
      {chaired.length > 0 && (
        <section>
          <h2>{say(words.chaired)}</h2>
          <ul>
            {chaired.map(({ path, service, round }) => (
              <li key={path}>
                <a href={href(path)}>
                  {say(service)}: {say(round)}
                </a>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{say(words.joinTitle)}</h2>
        <form method="post" action={href('/rounds/join')}>
          <TextField
            name="code"
            label={say(words.code)}
            hint={say(words.codeHint)}
            value={code.typed}
            {...(code.wrong && { error: say(words.codeWrong) })}
            width={20}
            maxLength={40}
            autocomplete="off"
          />
          <Button>{say(words.join)}</Button>
        </form>
      </section>
    </Page>
  )
}

export function SheetPage(data: SheetData) {
  const { say, href } = usePage()
  const { id, reference, service, round, state, sections, criteria, scale, isUnsaid } = data
  const declare = `/rounds/sheets/${id}/declare`
  const errors = [
    ...(isUnsaid ? [{ field: 'conflict', text: say(words.unsaid) }] : []),
    ...criteria
      .filter(({ wrong }) => wrong)
      .map(({ id, title }) => ({ field: `mark.${id}`, text: say(words.wrong, { title: say(title), ...scale }) })),
  ]
  return (
    <Page
      title={reference}
      breadcrumbs={[
        { text: say(pageNames.account), path: '/account' },
        { text: say(shared.desk), path: '/rounds' },
      ]}
      error={errors.length > 0}
    >
      <ErrorSummary errors={errors} />
      <h1>
        <Phrase text={reference} />
      </h1>
      <p>
        {say(service)} · {say(round)} <Tag tone={tones[state]}>{say(words[state])}</Tag>
      </p>
      {state === 'undeclared' && (
        <form method="post" action={href(declare)}>
          <Radios
            name="conflict"
            label={say(words.question)}
            hint={say(words.hint)}
            {...(isUnsaid && { error: say(words.unsaid) })}
            options={(['no', 'yes'] as const).map((value) => ({ value, label: say(words[value]) }))}
          />
          <Button>{say(words.go)}</Button>
        </form>
      )}
      {state === 'conflict' && <p>{say(words.away)}</p>}
      {sections.length > 0 && <h2>{say(words.entry)}</h2>}
      {sections.map(({ title, rows }, at) => (
        <section key={at}>
          {title && <h3>{say(title)}</h3>}
          <SummaryList
            rows={rows.map(({ title, text, files }) => ({
              key: say(title),
              value: files.length > 0 ? <Files files={files} /> : text ? say(text) : '–',
            }))}
          />
        </section>
      ))}
      {data.isBlind && data.mayWithdraw && sections.some(({ rows }) => rows.some(({ files }) => files.length > 0)) && (
        <p>{say(words.within)}</p>
      )}
      {(state === 'open' || state === 'locked') && <Marks {...data} />}
      {data.mayWithdraw && (
        <form class="after-form" method="post" action={href(declare)}>
          <input type="hidden" name="conflict" value="yes" />
          {state === 'locked' && <p>{say(words.withdrawn)}</p>}
          <Button kind="link">{say(words.later)}</Button>
        </form>
      )}
    </Page>
  )
}

type Files = SheetData['sections'][number]['rows'][number]['files']

function Files({ files }: { files: Files }) {
  const { say, href } = usePage()
  return (
    <ul>
      {files.map(({ name, path, state }) => (
        <li key={path}>{state === 'released' ? <a href={href(path)}>{say(name)}</a> : say(words[state], { name })}</li>
      ))}
    </ul>
  )
}

function Marks({ id, criteria, scale, state }: SheetData) {
  const { say, href } = usePage()
  const labelOf = (each: SheetData['criteria'][number]) =>
    say(words.weight, { title: say(each.title), weight: each.weight })
  if (state === 'locked')
    return (
      <section>
        <h2>{say(words.marks)}</h2>
        <SummaryList rows={criteria.map((each) => ({ key: labelOf(each), value: each.typed }))} />
      </section>
    )
  return (
    <section>
      <h2>{say(words.marks)}</h2>
      <form method="post" action={href(`/rounds/sheets/${id}`)}>
        {criteria.map((each) => (
          <TextField
            key={each.id}
            name={`mark.${each.id}`}
            label={labelOf(each)}
            hint={say(words.scale, { ...scale, what: each.text ? say(each.text) : '' })}
            error={each.wrong ? say(words.wrong, { title: say(each.title), ...scale }) : undefined}
            value={each.typed}
            width={4}
            maxLength={3}
            inputMode="numeric"
            autocomplete="off"
          />
        ))}
        <p>{say(words.lockMore)}</p>
        <div class="buttons">
          <Button name="act" value="lock">
            {say(words.lock)}
          </Button>
          <Button kind="second" name="act" value="keep">
            {say(words.keep)}
          </Button>
        </div>
      </form>
    </section>
  )
}
