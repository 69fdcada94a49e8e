import { Button, ErrorSummary, Page, Phrase, Table, TextField, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import { Done } from '../office/done.tsx'
import { most, type QuotasData } from './types.ts'
import { UseChart, writeNumber } from './use-chart.tsx'

export const words = texts({
  title: { en: 'Quotas', 'zh-Hant': '限額' },
  lead: {
    en: 'How much the programs of an organisation may write in a day (UTC), and how much they did. What is more is refused until the next day.',
    'zh-Hant': '機構的程式每日（協調世界時）可寫入的數量及實際用量。超出者須待翌日。',
  },
  organisation: { en: 'Organisation', 'zh-Hant': '機構' },
  entries: { en: 'Entries a day', 'zh-Hant': '每日條目' },
  octets: { en: 'Octets a day', 'zh-Hant': '每日位元組' },
  used: { en: 'Written today', 'zh-Hant': '今日已寫入' },
  send: { en: 'Set it', 'zh-Hant': '設定' },
  wrong: { en: 'Write a whole number from 0 to {max}.', 'zh-Hant': '請填寫 0 至 {max} 的整數。' },
})

const fields = ['entries', 'octets'] as const
type Field = (typeof fields)[number]

export function QuotasPage({ quotas, today, days, runs, wrong }: QuotasData) {
  const { say, href } = usePage()
  const tell = (field: Field) => say(words.wrong, { max: writeNumber(most[field]) })
  return (
    <Page title={say(words.title)} error={wrong !== null} breadcrumbs={officeCrumbs(say)}>
      <ErrorSummary
        errors={(wrong?.fields ?? []).map((field) => ({ field: `${field}-${wrong!.organisation}`, text: tell(field) }))}
      />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <Done of={['quota-set']} />
      <p class="lead">{say(words.lead)}</p>
      <Table
        caption={say(words.title)}
        captionHidden
        narrow="stack"
        columns={[
          { label: say(words.organisation) },
          { label: say(words.entries), numeric: true },
          { label: say(words.octets), numeric: true },
          { label: say(words.used), numeric: true },
        ]}
        rows={quotas.map(({ name, entries, octets, used }) => ({
          cells: [say(name), writeNumber(entries), writeNumber(octets), writeNumber(used)],
        }))}
      />
      {quotas.map(({ organisation, name, use, ...amount }) => (
        <section key={organisation}>
          <h2>{say(name)}</h2>
          <UseChart today={today} days={days} use={use} />
          {runs && (
            <form method="post" action={href('/office/ledger/quotas')}>
              <input type="hidden" name="organisation" value={organisation} />
              {fields.map((field) => (
                <TextField
                  key={field}
                  name={field}
                  id={`${field}-${organisation}`}
                  label={say(words[field])}
                  value={wrong?.organisation === organisation ? wrong[field] : String(amount[field])}
                  inputmode="numeric"
                  autocomplete="off"
                  maxLength={30}
                  {...(wrong?.organisation === organisation && wrong.fields.includes(field) && { error: tell(field) })}
                />
              ))}
              <Button kind="second">
                {say(words.send)}
                <span class="visually-hidden"> {say(name)}</span>
              </Button>
            </form>
          )}
        </section>
      ))}
    </Page>
  )
}
