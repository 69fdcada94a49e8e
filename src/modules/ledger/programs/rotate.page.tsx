import { Button, ErrorSummary, Page, Phrase, Radios, texts, usePage } from '#platform'
import { officeCrumbs } from '../office/crumbs.ts'
import { words as ofKeys } from './keys.page.tsx'
import { DaysField, fieldOf, mistakeWords, words as ofNew } from './new-key.page.tsx'
import { limits, overlaps, type RotateData } from './types.ts'
import { words as ofWithdraw } from './withdraw.page.tsx'

const words = texts({
  title: { en: 'Rotate the key', 'zh-Hant': '更換密鑰' },
  lead: {
    en: 'The next key may write to the same logs. Both count for as long as you choose, so that nothing stops while the program gets the new one; then this one ends by itself.',
    'zh-Hant': '新密鑰可寫入相同的日誌。兩條在你選擇的時間內同時有效，程式換鑰時不致中斷；其後這條自行失效。',
  },
  lost: {
    en: 'If others may have it, withdraw it instead: a key that is rotated goes on working.',
    'zh-Hant': '如密鑰可能外洩，請改為撤銷：更換後的舊密鑰在重疊期內仍然有效。',
  },
  overlap: { en: 'This key goes on for', 'zh-Hant': '這條密鑰繼續有效' },
  0: { en: 'no longer', 'zh-Hant': '即時失效' },
  24: { en: 'a day', 'zh-Hant': '一日' },
  168: { en: 'a week', 'zh-Hant': '一星期' },
  720: { en: 'thirty days', 'zh-Hant': '三十日' },
})

export function RotatePage({ key, form, days, overlap, mistakes }: RotateData) {
  const { say, href } = usePage()
  const at = `/office/ledger/keys/${key.id}`
  return (
    <Page
      title={say(words.title)}
      error={mistakes.length > 0}
      breadcrumbs={officeCrumbs(
        say,
        { text: say(ofKeys.title), path: '/office/ledger/keys' },
        { text: key.name, path: at },
      )}
    >
      <ErrorSummary
        errors={mistakes.map((each) => ({ field: fieldOf(each), text: say(mistakeWords[each], limits) }))}
      />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{key.name}</p>
      <p>{say(words.lead)}</p>
      <p>
        {say(words.lost)} <a href={href(`${at}/withdraw`)}>{say(ofWithdraw.title)}</a>
      </p>
      <p>{say(ofNew.shownOnce)}</p>
      <form method="post" action={href(`${at}/rotate`)}>
        <input type="hidden" name="form" value={form} />
        <Radios
          name="overlap"
          label={say(words.overlap)}
          options={overlaps.map((hours) => ({ value: String(hours), label: say(words[hours]) }))}
          value={overlap}
        />
        <DaysField value={days} {...(mistakes.length > 0 && { error: say(mistakeWords['days-wrong'], limits) })} />
        <Button>{say(words.title)}</Button>
      </form>
    </Page>
  )
}
