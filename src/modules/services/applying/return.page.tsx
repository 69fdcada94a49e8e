import { Button, ErrorSummary, Page, Phrase, TextField, texts, usePage } from '#platform'
import type { ReturnData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'Come back to an application', 'zh-Hant': '重返申請' },
  about: {
    en: 'For applications that are not in an account. You got the number and the code when you saved it.',
    'zh-Hant': '適用於沒有存入帳戶的申請。編號和代碼已在你儲存時提供。',
  },
  number: { en: 'Number', 'zh-Hant': '編號' },
  numberHint: { en: 'Like TG-7K3M9-QX2AB', 'zh-Hant': '例如 TG-7K3M9-QX2AB' },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  codeHint: { en: 'Like 7KQ2X-9M3CA-PP4RT', 'zh-Hant': '例如 7KQ2X-9M3CA-PP4RT' },
})

/** Number and code of an application that was begun elsewhere. */
export function ReturnPage({ number, mistakes }: ReturnData) {
  const { say, href } = usePage()
  return (
    <Page title={say(own.title)} error={mistakes.length > 0}>
      <ErrorSummary errors={mistakes.map(({ control, text }) => ({ field: control, text: say(text) }))} />
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <p>{say(own.about)}</p>
      <form method="post" action={href('/applications/return')} noValidate>
        <TextField
          name="number"
          label={say(own.number)}
          hint={say(own.numberHint)}
          value={number}
          width={20}
          autocomplete="off"
          error={mistakes[0] && say(mistakes[0].text)}
        />
        <TextField name="code" label={say(own.code)} hint={say(own.codeHint)} width={20} autocomplete="off" />
        <Button>{say(words.continue)}</Button>
      </form>
    </Page>
  )
}
