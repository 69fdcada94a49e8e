import { Button, ErrorSummary, Moment, Page, Phrase, SummaryList, TextField, texts, usePage } from '#platform'
import { pathOf } from '../log/logs.ts'
import type { ActData, FindActData } from './act.routes.ts'
import { trailLog } from './trail.rules.ts'

const words = texts({
  title: { en: 'Line {id} of the audit trail', 'zh-Hant': '審計軌跡第 {id} 行' },
  lead: {
    en: 'A commitment to this line stands in a log that anybody may copy and that nobody can change unseen. With the two files below you can show, at any time and without this site, that the line was written then and says this.',
    'zh-Hant':
      '這一行的承諾值已載入公開日誌，任何人都可複製，亦無人能暗中更改。憑下列兩個檔案，你可隨時在不靠本網站的情況下，證明這一行當時已寫入及其內容。',
  },
  waits: {
    en: 'It was written just now and is not in the log yet. Ask again in a few seconds.',
    'zh-Hant': '這一行剛寫入，尚未載入日誌。請幾秒後再查看。',
  },
  again: { en: 'Ask again', 'zh-Hant': '重新查看' },
  what: { en: 'What', 'zh-Hant': '事項' },
  when: { en: 'When', 'zh-Hant': '時間' },
  event: { en: 'Event', 'zh-Hant': '事件' },
  subject: { en: 'On what', 'zh-Hant': '對象' },
  place: { en: 'In the log', 'zh-Hant': '在日誌內' },
  entry: { en: 'entry {index}', 'zh-Hant': '條目 {index}' },
  proof: { en: 'Take the proof away', 'zh-Hant': '下載證明' },
  content: { en: 'Take the line away', 'zh-Hant': '下載這一行' },
  check: { en: 'Check the two here', 'zh-Hant': '在此查核兩個檔案' },
  findTitle: { en: 'Prove a line of the audit trail', 'zh-Hant': '證明審計軌跡的一行' },
  findLead: {
    en: 'Every act on this platform is a line with a number. Of each line you can show that it was written when it says, and not changed since.',
    'zh-Hant': '平台上每項操作均為審計軌跡的一行，並有編號。每一行均可證明其寫入時間，以及其後沒有更改。',
  },
  number: { en: 'Number of the line', 'zh-Hant': '行號' },
  find: { en: 'Find it', 'zh-Hant': '查找' },
  none: {
    en: 'The audit trail has no line with this number. Write the number alone, as 4711.',
    'zh-Hant': '審計軌跡沒有這個行號。請只填數字，例如 4711。',
  },
  account: { en: 'My account', 'zh-Hant': '我的帳戶' },
})

/** One line of the trail, and what shows that it was not changed. */
export function ActPage({ id, at, event, sentence, subject, mine, index }: ActData) {
  const { say, href } = usePage()
  const title = say(words.title, { id })
  return (
    <Page title={title} breadcrumbs={[{ text: say(words.account), path: '/account' }]}>
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(index === null ? words.waits : words.lead)}</p>
      <SummaryList
        rows={[
          // The sentence speaks to whoever did it.
          ...(mine ? [{ key: say(words.what), value: say(sentence) }] : []),
          { key: say(words.when), value: <Moment at={at} /> },
          { key: say(words.event), value: <code>{event}</code> },
          { key: say(words.subject), value: <code>{subject}</code> },
          ...(index === null
            ? []
            : [
                {
                  key: say(words.place),
                  value: <a href={href(`${pathOf(trailLog)}/entries/${index}`)}>{say(words.entry, { index })}</a>,
                },
              ]),
        ]}
      />
      {index === null ? (
        <p>
          <a href={href(`/ledger/acts/${id}`)}>{say(words.again)}</a>
        </p>
      ) : (
        <>
          <p class="buttons">
            <a class="button" href={`/ledger/acts/${id}/proof`} download>
              {say(words.proof)}
            </a>
          </p>
          <p>
            <a href={`/ledger/acts/${id}/content`} download>
              {say(words.content)}
            </a>
          </p>
          <p>
            <a href={href('/verify')}>{say(words.check)}</a>
          </p>
        </>
      )}
    </Page>
  )
}

/** For auditors: any line, by its number. */
export function FindActPage({ number, wrong }: FindActData) {
  const { say, href } = usePage()
  const error = wrong ? say(words.none) : undefined
  return (
    <Page title={say(words.findTitle)} error={wrong}>
      <ErrorSummary errors={error ? [{ field: 'number', text: error }] : []} />
      <h1>
        <Phrase text={say(words.findTitle)} />
      </h1>
      <p class="lead">{say(words.findLead)}</p>
      <form method="get" action={href('/office/ledger/acts')}>
        <TextField
          name="number"
          label={say(words.number)}
          value={number}
          width={10}
          inputmode="numeric"
          autocomplete="off"
          {...(error && { error })}
        />
        <Button>{say(words.find)}</Button>
      </form>
    </Page>
  )
}
