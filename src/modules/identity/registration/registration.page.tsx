import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, NotificationBanner, Page, Phrase, Text, TextField, texts, usePage } from '#platform'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { nameLengthMax, nameMistakes } from '../people/names.rules.ts'
import { withNext } from '../sign-in/next.ts'

const words = texts({
  open: { en: 'Open an account', 'zh-Hant': '開立帳戶' },
  name: { en: 'How do you want to be addressed?', 'zh-Hant': '你希望我們怎樣稱呼你？' },
  nameHint: {
    en: 'Your name as you use it every day. You need no document for this; services that need proof ask for it later.',
    'zh-Hant': '填寫你日常使用的姓名即可，無須出示證件；個別服務如須核實身份，屆時會另行提出。',
  },
  scripts: { en: 'This browser cannot open an account', 'zh-Hant': '此瀏覽器未能開立帳戶' },
  scriptsLine: {
    en: 'An account is opened with a passkey, and a passkey needs JavaScript, which is switched off here. Switch it on and load this page again, or open the account in another browser, as on your phone.',
    'zh-Hant':
      '開立帳戶須使用通行密鑰，而通行密鑰需要 JavaScript；此瀏覽器已停用 JavaScript。請啟用後重新載入本頁，或改用其他瀏覽器（例如手機上的瀏覽器）開立帳戶。',
  },
  scriptsAfter: {
    en: 'Once you have one, a recovery code signs you in here without JavaScript.',
    'zh-Hant': '開立帳戶後，你可在此瀏覽器以復原碼登入，無須 JavaScript。',
  },
  go: { en: 'Continue', 'zh-Hant': '繼續' },
  have: { en: 'I have an account: sign in', 'zh-Hant': '我已有帳戶：登入' },
  passkey: { en: 'Create your passkey', 'zh-Hant': '建立你的通行密鑰' },
  passkeyLead: {
    en: '{name}, a passkey replaces the password: your phone, computer or security key keeps it, and uses it after checking your face, finger or PIN. There is nothing to remember, and nothing that a false site could ask you for.',
    'zh-Hant':
      '{name}，通行密鑰取代密碼：密鑰存放在你的手機、電腦或安全密鑰內，經核對容貌、指紋或 PIN 碼後才會使用。你無須記住甚麼，假網站亦無從騙取。',
  },
  finger: {
    en: 'We never receive your face, fingerprint or PIN; they stay on your device.',
    'zh-Hant': '你的容貌、指紋及 PIN 碼只留在裝置內，不會傳送給我們。',
  },
  create: { en: 'Create a passkey', 'zh-Hant': '建立通行密鑰' },
  other: { en: 'Other ways to sign in, without a passkey', 'zh-Hant': '不用通行密鑰的其他登入方法' },
  nothing: {
    en: 'There is no account yet: it exists once the passkey does. If you stop here, your name is deleted.',
    'zh-Hant': '建立通行密鑰後，帳戶才會開立；如就此停止，你填寫的稱呼會被刪除。',
  },
})

export type NameData = Static<typeof NameData>
export const NameData = Type.Object({
  name: Type.String(),
  mistake: Type.Union([Type.Enum(['missing', 'long', 'official']), Type.Null()]),
  next: Type.String(),
})

/** The first page: the name, and nothing else. */
export function NamePage({ name, mistake, next }: NameData) {
  const { say, href } = usePage()
  const error = mistake ? say(nameMistakes[mistake], { most: nameLengthMax }) : undefined
  return (
    <Page title={say(words.open)} error={mistake !== null}>
      <ErrorSummary errors={error ? [{ field: 'name', text: error }] : []} />
      <noscript>
        <NotificationBanner tone="warn" title={say(words.scripts)}>
          <p>{say(words.scriptsLine)}</p>
          <p>{say(words.scriptsAfter)}</p>
        </NotificationBanner>
      </noscript>
      <form method="post" action={href('/sign-in/new')}>
        <input type="hidden" name="next" value={next} />
        <TextField
          name="name"
          page
          label={say(words.name)}
          hint={say(words.nameHint)}
          value={name}
          autocomplete="name"
          width={20}
          {...(error && { error })}
        />
        <Button>{say(words.go)}</Button>
      </form>
      <p class="after-form">
        <a href={href(withNext('/sign-in', next))}>{say(words.have)}</a>
      </p>
    </Page>
  )
}

export type NewPasskeyData = Static<typeof NewPasskeyData>
export const NewPasskeyData = Type.Object({
  name: Type.String(),
  passkey: PasskeyAsked,
  next: Type.String(),
  refusal: Type.Union([Text, Type.Null()]),
})

/** The second page: the passkey. */
export function NewPasskeyPage({ name, passkey, next, refusal }: NewPasskeyData) {
  const { say, href } = usePage()
  // The codes are shown at this address: whoever loads it again is led on from there.
  const action = withNext(`/sign-in/new/passkey?of=${passkey.id}`, next)
  return (
    <Page title={say(words.passkey)} error={refusal !== null} scripts={['passkeys']}>
      <ErrorSummary errors={refusal ? [{ field: 'create', text: say(refusal) }] : []} />
      <h1>
        <Phrase text={say(words.passkey)} />
      </h1>
      <p class="lead">{say(words.passkeyLead, { name })}</p>
      <p>{say(words.finger)}</p>
      <div id="create">
        <PasskeyForm action={action} asked={passkey} label={say(words.create)} fields={{ next }}>
          <p>{say(words.nothing)}</p>
        </PasskeyForm>
      </div>
      <p class="after-form">
        <a href={href(withNext('/sign-in', next))}>{say(words.other)}</a>
      </p>
    </Page>
  )
}
