import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Text, TextField, texts, usePage } from '#platform'
import { withNext } from '../sign-in/next.ts'

const words = texts({
  title: { en: 'Sign in with a recovery code', 'zh-Hant': '以復原碼登入' },
  code: { en: 'Your recovery code', 'zh-Hant': '你的復原碼' },
  hint: {
    en: 'One of the ten that you were given, as 4xk7‑9q2m‑h3tr‑8wvc. Capitals and dashes do not matter. It works once.',
    'zh-Hant': '填寫你獲發的十個復原碼之一，例如 4xk7‑9q2m‑h3tr‑8wvc；不分大小寫，可省略連字號。每個限用一次。',
  },
  enter: { en: 'Sign in', 'zh-Hant': '登入' },
  warning: {
    en: 'We never ask for a code by telephone, by email or in a message. Whoever does is not us.',
    'zh-Hant': '我們不會以電話、電郵或訊息索取復原碼；索取者必非本網站。',
  },
  back: { en: 'Other ways to sign in', 'zh-Hant': '其他登入方法' },
})

export type Recovery = Static<typeof Recovery>
export const Recovery = Type.Object({ next: Type.String(), refusal: Type.Union([Text, Type.Null()]) })

/** What was typed is not shown again: it may be a right code with a slip in it. */
export function RecoveryPage({ next, refusal }: Recovery) {
  const { say, href } = usePage()
  const error = refusal ? say(refusal) : undefined
  return (
    <Page title={say(words.title)} error={refusal !== null}>
      <ErrorSummary errors={error ? [{ field: 'code', text: error }] : []} />
      <form method="post" action={href('/sign-in/recovery')}>
        <input type="hidden" name="next" value={next} />
        <TextField
          name="code"
          page
          label={say(words.code)}
          hint={say(words.hint)}
          width={20}
          maxLength={100}
          autocomplete="off"
          autocapitalize="none"
          {...(error && { error })}
        />
        <Button>{say(words.enter)}</Button>
      </form>
      <p class="after-form">{say(words.warning)}</p>
      <p>
        <a href={href(withNext('/sign-in', next))}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
