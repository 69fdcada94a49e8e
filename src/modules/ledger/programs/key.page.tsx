import { Button, Moment, NotificationBanner, Page, Phrase, SummaryList, Table, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { officeCrumbs } from '../office/crumbs.ts'
import { UseChart, writeNumber } from '../quotas/use-chart.tsx'
import { KeyStateTag, words as ofKeys, useScopes } from './keys.page.tsx'
import { counts } from './keys.rules.ts'
import { daysTold, type KeyData, type Places } from './types.ts'

const words = texts({
  id: { en: 'Key', 'zh-Hant': '密鑰' },
  made: { en: 'Made', 'zh-Hant': '產生' },
  withdrawn: { en: 'Withdrawn', 'zh-Hant': '撤銷' },
  follows: { en: 'Follows', 'zh-Hant': '前一條' },
  followedBy: { en: 'Followed by', 'zh-Hant': '後一條' },
  rotate: { en: 'Rotate', 'zh-Hant': '更換' },
  withdraw: { en: 'Withdraw, or report it lost', 'zh-Hant': '撤銷或報失' },
  wrote: { en: 'What it wrote in the last {days} days', 'zh-Hant': '過去 {days} 日寫入的內容' },
  day: { en: 'Day (UTC)', 'zh-Hant': '日期（協調世界時）' },
  log: { en: 'Log', 'zh-Hant': '日誌' },
  octets: { en: 'Octets', 'zh-Hant': '位元組' },
  cut: {
    en: 'It wrote into more logs than are listed here. The chart counts all of it.',
    'zh-Hant': '寫入的日誌較此處所列為多；圖表已計算全部。',
  },
  lostTitle: { en: 'This key was lost', 'zh-Hant': '這條密鑰已報失' },
  lost: {
    en: 'It opens nothing any more. Compare what it wrote, below, with what your program wrote: what is more, others wrote. Entries in a log cannot be taken back; enter a correction for each.',
    'zh-Hant':
      '密鑰已經失效。請把下列寫入紀錄與程式的紀錄核對：多出者即由他人寫入。日誌的條目不能撤回，請逐一登錄更正。',
  },
  within: {
    en: 'It was refused everywhere on this site within a second of the report.',
    'zh-Hant': '報失後一秒內，整個網站已拒絕這條密鑰。',
  },
})

export function KeyPage(data: KeyData) {
  const { key } = data
  const { say, href } = usePage()
  const at = `/office/ledger/keys/${key.id}`
  const isCounting = counts(key.state)
  return (
    <Page title={key.name} breadcrumbs={officeCrumbs(say, { text: say(ofKeys.title), path: '/office/ledger/keys' })}>
      <h1>
        <Phrase text={key.name} />
      </h1>
      {key.state === 'lost' && (
        <NotificationBanner tone="warn" title={say(words.lostTitle)}>
          <p>{say(words.lost)}</p>
          <p>{say(words.within)}</p>
        </NotificationBanner>
      )}
      <KeyFacts keyNote={key} places={data} />
      {isCounting && (
        <p class="buttons">
          {!key.replacedBy && <Button href={href(`${at}/rotate`)}>{say(words.rotate)}</Button>}
          <Button kind="second" href={href(`${at}/withdraw`)}>
            {say(words.withdraw)}
          </Button>
        </p>
      )}
      <Wrote {...data} />
    </Page>
  )
}

export function KeyFacts({ keyNote: key, places }: { keyNote: KeyData['key']; places: Places }) {
  const { say, href } = usePage()
  const scopesOf = useScopes()
  const other = (id: string) => (
    <a href={href(`/office/ledger/keys/${id}`)}>
      <code>{id}</code>
    </a>
  )
  return (
    <SummaryList
      rows={[
        { key: say(words.id), value: <code>{key.id}</code> },
        { key: say(ofKeys.state), value: <KeyStateTag state={key.state} /> },
        { key: say(ofKeys.scope), value: scopesOf(key.scopes, places) },
        { key: say(words.made), value: <Moment at={key.createdAt} /> },
        { key: say(ofKeys.used), value: key.usedOn ? <Moment at={key.usedOn} /> : say(ofKeys.never) },
        key.withdrawnAt
          ? { key: say(words.withdrawn), value: <Moment at={key.withdrawnAt} /> }
          : { key: say(ofKeys.ends), value: <Moment at={key.expiresAt} /> },
        ...(key.replaces ? [{ key: say(words.follows), value: other(key.replaces) }] : []),
        ...(key.replacedBy ? [{ key: say(words.followedBy), value: other(key.replacedBy) }] : []),
      ]}
    />
  )
}

export function Wrote({ use, written, cut, today, logs }: KeyData) {
  const { say } = usePage()
  const titleOf = (log: string) => {
    const title = logs.find(({ name }) => name === log)?.title
    return title ? say(title) : log
  }
  return (
    <section>
      <h2>{say(words.wrote, { days: daysTold })}</h2>
      <UseChart today={today} days={daysTold} use={use} />
      {written.length > 0 && (
        <Table
          caption={say(words.wrote, { days: daysTold })}
          captionHidden
          narrow="stack"
          columns={[
            { label: say(words.day) },
            { label: say(words.log) },
            { label: say(ofLog.size), numeric: true },
            { label: say(words.octets), numeric: true },
          ]}
          rows={written.map(({ day, log, entries, octets }) => ({
            cells: [<Moment key="day" at={day} />, titleOf(log), writeNumber(entries), writeNumber(octets)],
          }))}
        />
      )}
      {cut && <p class="muted">{say(words.cut)}</p>}
    </section>
  )
}
