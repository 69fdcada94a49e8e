import { Button, ErrorSummary, NotificationBanner, Page, Phrase, type Text, TextField, texts, usePage } from '#platform'
import { capital } from './item.page.tsx'
import { ItemList, words as listWords } from './item-list.tsx'
import { words as ofList } from './registers.page.tsx'
import type { HoldingsData } from './types.ts'

const words = texts({
  title: { en: 'What you hold', 'zh-Hant': '你持有的登記項' },
  titleOf: { en: 'What {organisation} holds', 'zh-Hant': '{organisation}持有的登記項' },
  lead: {
    en: 'Licences, marks, vehicles and whatever else departments keep in a register and you hold.',
    'zh-Hant': '部門登記冊所載由你持有的牌照、商標、車輛等。',
  },
  mayNot: {
    en: 'In the name in which you act now you can hold nothing here. Act for yourself, or for an organisation with the whole of its power.',
    'zh-Hant': '以你現時的身份，不能在此持有或處置登記項。請改以本人身份行事，或以機構的全部權力行事。',
  },
  change: { en: 'Change in whose name you act', 'zh-Hant': '更改以誰的名義行事' },
  code: { en: 'You have a letter with a code', 'zh-Hant': '輸入信件代碼' },
  codeLabel: { en: 'Code', 'zh-Hant': '代碼' },
  codeHint: { en: 'Twenty letters and digits. Hyphens do not matter.', 'zh-Hant': '20 個字母及數字，連字號不拘。' },
  go: { en: 'See what it leads to', 'zh-Hant': '查看所指事項' },
  waits: { en: 'Waits for your answer', 'zh-Hant': '等候你答覆' },
  all: { en: 'All that is held', 'zh-Hant': '全部登記項' },
  none: {
    en: 'Nothing. What a department hands to you by a code stands here once you have taken it over.',
    'zh-Hant': '沒有登記項。憑代碼承讓後，登記項便會列於此處。',
  },
  older: { en: 'More', 'zh-Hant': '更多' },
  doneTitle: { en: 'It took effect', 'zh-Hant': '已生效' },
  waitsTitle: { en: 'Your word was entered', 'zh-Hant': '已登錄你的意願' },
  refusedTitle: { en: 'It was refused', 'zh-Hant': '已拒絕' },
  doneBody: { en: '“{step}” of {item} {number} has taken effect.', 'zh-Hant': '{item} {number} 的「{step}」已生效。' },
  waitsBody: {
    en: '“{step}” of {item} {number} waits for others now.',
    'zh-Hant': '{item} {number} 的「{step}」現正等候其他各方批准。',
  },
  refusedBody: {
    en: '“{step}” of {item} {number} was refused; nothing has changed.',
    'zh-Hant': '{item} {number} 的「{step}」已被拒絕，沒有任何變動。',
  },
  see: { en: 'See how it stands', 'zh-Hant': '查看現況' },
})

const wrongs: Readonly<Record<NonNullable<HoldingsData['wrong']>, Text>> = texts({
  empty: { en: 'Write the code that stands in your letter.', 'zh-Hant': '請填寫信件上的代碼。' },
  unknown: {
    en: 'No proposal waits under this code. Compare it with your letter; a code ends when its proposal does.',
    'zh-Hant': '沒有以這個代碼等候的提議。請與信件核對；提議結束時，代碼即告失效。',
  },
})

export function HoldingsPage(data: HoldingsData) {
  const { say, href } = usePage()
  const { organisation, may, waiting, more, items, next, entered, wrong } = data
  const title = organisation ? say(words.titleOf, { organisation }) : say(words.title)
  return (
    <Page title={title} error={wrong !== null} breadcrumbs={[{ text: say(ofList.title), path: '/ledger/registers' }]}>
      <ErrorSummary errors={wrong ? [{ field: 'code', text: say(wrongs[wrong]) }] : []} />
      {entered && <Entered entered={entered} />}
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      {!may && (
        <p>
          {say(words.mayNot)} <a href={href('/account/acting')}>{say(words.change)}</a>
        </p>
      )}
      {waiting.length > 0 && (
        <section>
          <h2>{say(words.waits)}</h2>
          <ItemList caption={say(words.waits)} items={waiting} mixed />
          {more && <p class="muted">{say(listWords.more)}</p>}
        </section>
      )}
      <h2>{say(words.code)}</h2>
      <form method="post" action={href('/ledger/invitations')}>
        <TextField
          name="code"
          label={say(words.codeLabel)}
          hint={say(words.codeHint)}
          value={data.code}
          maxLength={60}
          autocomplete="off"
          {...(wrong && { error: say(wrongs[wrong]) })}
        />
        <Button>{say(words.go)}</Button>
      </form>
      <section class="after-form">
        <h2>{say(words.all)}</h2>
        {items.length === 0 ? (
          <p class="empty">{say(words.none)}</p>
        ) : (
          <ItemList caption={say(words.all)} items={items} mixed />
        )}
        {next && (
          <p>
            <a href={href(`/ledger/holdings?before=${encodeURIComponent(next)}`)} rel="next">
              {say(words.older)}
            </a>
          </p>
        )}
      </section>
    </Page>
  )
}

function Entered({ entered }: { entered: NonNullable<HoldingsData['entered']> }) {
  const { say, href } = usePage()
  const { step, item, number, path, kind, tookEffect } = entered
  const which = kind === 'step-refused' ? 'refused' : tookEffect ? 'done' : 'waits'
  return (
    <NotificationBanner tone="good" title={say(words[`${which}Title`])}>
      <p>{capital(say(words[`${which}Body`], { step, item, number }))}</p>
      <p>
        <a href={href(path)}>{say(words.see)}</a>
      </p>
    </NotificationBanner>
  )
}
