import { Button, ErrorSummary, Page, Phrase, Table, TextField, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import type { QuotasData } from './quotas.routes.ts'
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
  wrong: {
    en: 'Write whole numbers: up to a million million entries, and up to a thousand million million octets.',
    'zh-Hant': '請填寫整數：條目上限一萬億，位元組上限一千萬億。',
  },
})

export function QuotasPage({ quotas, today, days, runs, wrong }: QuotasData) {
  const { say, href } = usePage()
  const error = wrong ? { error: say(words.wrong) } : {}
  return (
    <Page title={say(words.title)} error={wrong !== null} breadcrumbs={officeCrumbs(say)}>
      <ErrorSummary errors={wrong ? [{ field: `entries-${wrong}`, text: say(words.wrong) }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
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
      {quotas.map(({ organisation, name, entries, octets, use }) => (
        <section key={organisation}>
          <h2>{say(name)}</h2>
          <UseChart today={today} days={days} use={use} />
          {runs && (
            <form method="post" action={href('/office/ledger/quotas')}>
              <input type="hidden" name="organisation" value={organisation} />
              <TextField
                name="entries"
                id={`entries-${organisation}`}
                label={say(words.entries)}
                value={String(entries)}
                inputmode="numeric"
                autocomplete="off"
                maxLength={15}
                {...(wrong === organisation && error)}
              />
              <TextField
                name="octets"
                id={`octets-${organisation}`}
                label={say(words.octets)}
                value={String(octets)}
                inputmode="numeric"
                autocomplete="off"
                maxLength={18}
              />
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
