import { Button, ErrorSummary, Page, Phrase, TextField, texts, usePage } from '#platform'
import type { TakeData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'Answer a part of somebody’s application', 'zh-Hant': '填寫他人申請的一部分' },
  about: {
    en: 'Whoever applies gave you a code. With it you see what they wrote and answer your own pages. If you sign in first, your part is kept in your name and you can go on from any device.',
    'zh-Hant':
      '申請人交了一個代碼給你。憑代碼可看到對方填寫的內容，並填寫你的部分。先登入的話，你的部分會以你的名義保存，可在任何裝置繼續。',
  },
  code: { en: 'Code', 'zh-Hant': '代碼' },
  hint: { en: 'Like 7KQ2X-9M3CA-PP4RT', 'zh-Hant': '例如 7KQ2X-9M3CA-PP4RT' },
  signIn: { en: 'Sign in first', 'zh-Hant': '先登入' },
})

/** Where somebody who was given a code begins. */
export function TakePage({ mistakes, typed }: TakeData) {
  const { say, href, person } = usePage()
  const path = '/applications/part'
  return (
    <Page title={say(own.title)} error={mistakes.length > 0}>
      <ErrorSummary errors={mistakes.map(({ control, text }) => ({ field: control, text: say(text) }))} />
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <p>{say(own.about)}</p>
      {!person && (
        <p>
          <a href={`/sign-in?next=${encodeURIComponent(href(path))}`}>{say(own.signIn)}</a>
        </p>
      )}
      <form method="post" action={href(path)} noValidate>
        <TextField
          name="code"
          label={say(own.code)}
          hint={say(own.hint)}
          value={typed}
          width={20}
          autocomplete="off"
          error={mistakes[0] && say(mistakes[0].text)}
        />
        <Button>{say(words.continue)}</Button>
      </form>
    </Page>
  )
}
