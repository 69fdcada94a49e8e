import { Button, Page, Phrase, Radios, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import { KeyFacts, Wrote } from './key.page.tsx'
import { words as ofKeys } from './keys.page.tsx'
import type { KeyData } from './types.ts'

export const words = texts({
  title: { en: 'Withdraw the key', 'zh-Hant': '撤銷密鑰' },
  lead: {
    en: 'Within a second it opens nothing anywhere on this site. It cannot be undone: a program that still has it is refused.',
    'zh-Hant': '一秒內在整個網站失效。此舉不能還原，仍使用這條密鑰的程式會被拒絕。',
  },
  why: { en: 'Why', 'zh-Hant': '原因' },
  unneeded: { en: 'No program needs it any more', 'zh-Hant': '程式不再需要' },
  lost: { en: 'Others may have it', 'zh-Hant': '可能已外洩' },
  lostHint: {
    en: 'The page of the key then says what to compare, and whoever audits sees that it was lost.',
    'zh-Hant': '密鑰頁會列明須核對的內容，審計人員亦會看到報失紀錄。',
  },
  keep: { en: 'Keep it', 'zh-Hant': '保留' },
})

export function WithdrawPage(data: KeyData) {
  const { key } = data
  const { say, href } = usePage()
  const at = `/office/ledger/keys/${key.id}`
  return (
    <Page
      title={say(words.title)}
      breadcrumbs={officeCrumbs(
        say,
        { text: say(ofKeys.title), path: '/office/ledger/keys' },
        { text: key.name, path: at },
      )}
    >
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{key.name}</p>
      <p>{say(words.lead)}</p>
      <KeyFacts keyNote={key} places={data} />
      <form method="post" action={href(`${at}/withdraw`)}>
        <Radios
          name="why"
          label={say(words.why)}
          options={[
            { value: 'unneeded', label: say(words.unneeded) },
            { value: 'lost', label: say(words.lost), hint: say(words.lostHint) },
          ]}
          value="unneeded"
        />
        <Button kind="harm">{say(words.title)}</Button>
      </form>
      <p>
        <a href={href(at)}>{say(words.keep)}</a>
      </p>
      <Wrote {...data} />
    </Page>
  )
}
