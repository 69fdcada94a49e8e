import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'Keep your recovery codes', 'zh-Hant': '保存你的復原碼' },
  lead: {
    en: 'If you cannot use any of your passkeys, one of these codes signs you in, once. Print them or write them down, and keep them where you keep your documents.',
    'zh-Hant': '如果所有通行密鑰都不能使用，你可用其中一個復原碼登入，每個限用一次。請列印或抄下，與重要文件一同保管。',
  },
  once: {
    en: 'They are shown only now. Nobody who works here can see them, and nobody will ever ask you for one.',
    'zh-Hant': '復原碼只在此刻顯示。本網站的職員看不到，亦不會向你索取。',
  },
  before: { en: 'Codes that you had before work no longer.', 'zh-Hant': '之前的復原碼已經失效。' },
  list: { en: 'Recovery codes', 'zh-Hant': '復原碼' },
  print: { en: 'Print', 'zh-Hant': '列印' },
  kept: { en: 'I have kept them', 'zh-Hant': '我已保存' },
})

export type Codes = Static<typeof Codes>
export const Codes = Type.Object({
  codes: Type.Array(Type.String()),
  /** Whether there were others before. */
  replaced: Type.Boolean(),
  next: Type.String(),
})

export function CodesPage({ codes, replaced, next }: Codes) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ol class="codes" aria-label={say(words.list)}>
        {codes.map((code) => (
          <li key={code}>
            <code>{code}</code>
          </li>
        ))}
      </ol>
      <p>{say(words.once)}</p>
      {replaced && <p>{say(words.before)}</p>}
      <div class="buttons">
        <Button href={href(next)}>{say(words.kept)}</Button>
        <button type="button" class="button button--second" hidden data-module="print">
          {say(words.print)}
        </button>
      </div>
    </Page>
  )
}
