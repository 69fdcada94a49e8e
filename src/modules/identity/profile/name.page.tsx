import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Phrase, pageNames, TextField, texts, usePage } from '#platform'
import { nameLengthMax, nameMistakes } from '../people/names.rules.ts'
import { namePath, profileTitle } from './profile.page.tsx'

const words = texts({
  title: { en: 'How do you want to be addressed?', 'zh-Hant': '你希望我們怎樣稱呼你？' },
  hint: {
    en: 'Your name as you use it every day. Services and officers see it at once; messages that were sent stay as they are.',
    'zh-Hant': '填寫你日常使用的姓名。服務和職員會即時看到新的稱呼；已發出的訊息不會更改。',
  },
  save: { en: 'Save', 'zh-Hant': '儲存' },
  keep: { en: 'Go back without a change', 'zh-Hant': '不作更改並返回' },
  keptTitle: { en: 'The name by which you are addressed', 'zh-Hant': '你的稱呼' },
  proven: {
    en: 'You chose this name; nobody compared it with your document. Since your identity is proven, people by whom you are known here know you under it, and you cannot change it yourself.',
    'zh-Hant': '這個稱呼由你自選，未與證件核對。由於你的身份已經核實，其他人在此以這個稱呼認識你，因此你不能自行更改。',
  },
  document: {
    en: 'Your document bears the name {name}. Officers who deal with your clients, and whoever you act for or who acts for you, are shown that name, with the one you chose beside it where the two differ.',
    'zh-Hant':
      '你的證件姓名為{name}。處理你客戶端的人員，以及你所代表或代你行事的人，會看到該姓名；如與自選的稱呼不同，亦會一併列出。',
  },
  how: {
    en: 'If it is wrong, bring your document to a counter. An officer withdraws the proof; then you change the name here, and prove who you are again.',
    'zh-Hant': '如稱呼有誤，請攜同證件前往櫃位。職員撤銷核實紀錄後，你可在此更改稱呼，然後重新核實身份。',
  },
  level: { en: 'See how your identity was proven', 'zh-Hant': '查看核實紀錄' },
  madeUp: {
    en: 'You are one of the made-up people of this demonstration, who belong to everybody. Their names stay.',
    'zh-Hant': '你現以示範系統的虛構人物登入，各人均可使用，因此不能更改稱呼。',
  },
  back: { en: 'Back to the profile', 'zh-Hant': '返回個人資料' },
})

export type OwnName = Static<typeof OwnName>
export const OwnName = Type.Object({
  name: Type.String(),
  /** Why the person cannot change it, if they cannot. */
  kept: Type.Union([Type.Enum(['proven', 'madeUp']), Type.Null()]),
  /** The name that a document proves. */
  document: Type.Union([Type.String(), Type.Null()]),
  mistake: Type.Union([Type.Enum(['missing', 'long', 'official']), Type.Null()]),
})

/** How the person is addressed: to change, or why that is not theirs to change, and who does. */
export function OwnNamePage({ name, kept, document, mistake }: OwnName) {
  const { say, href } = usePage()
  const error = mistake ? say(nameMistakes[mistake], { most: nameLengthMax }) : undefined
  const crumbs = [
    { path: '/account', text: say(pageNames.account) },
    { path: '/account/profile', text: say(profileTitle) },
  ]
  if (kept)
    return (
      <Page title={say(words.keptTitle)} breadcrumbs={crumbs}>
        <h1>
          <Phrase text={say(words.keptTitle)} />
        </h1>
        <p class="lead">{name}</p>
        <p>{say(words[kept])}</p>
        {document !== null && <p>{say(words.document, { name: document })}</p>}
        {kept === 'proven' && (
          <>
            <p>{say(words.how)}</p>
            <p>
              <a href={href('/account/level')}>{say(words.level)}</a>
            </p>
          </>
        )}
        <Button kind="link" href={href('/account/profile')}>
          {say(words.back)}
        </Button>
      </Page>
    )
  return (
    <Page title={say(words.title)} error={mistake !== null} breadcrumbs={crumbs}>
      <ErrorSummary errors={error ? [{ field: 'name', text: error }] : []} />
      <form method="post" action={href(namePath)}>
        <TextField
          name="name"
          page
          label={say(words.title)}
          hint={say(words.hint)}
          value={name}
          autocomplete="name"
          width={20}
          {...(error && { error })}
        />
        <div class="buttons">
          <Button>{say(words.save)}</Button>
          <Button kind="link" href={href('/account/profile')}>
            {say(words.keep)}
          </Button>
        </div>
      </form>
    </Page>
  )
}
