import { type Static, Type } from 'typebox'
import { ErrorSummary, Page, Phrase, Text, texts, usePage } from '#platform'
import { Asker } from '../consents/asked-fields.tsx'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { withNext } from './next.ts'
import { Service } from './sent-by.ts'

const words = texts({
  already: {
    en: 'You are signed in as {name}. Who signs in below takes that place in this browser.',
    'zh-Hant': '你現以{name}的身份登入。如再次登入，此瀏覽器會改用新的身份。',
  },
  toAccount: { en: 'Go to my account', 'zh-Hant': '前往我的帳戶' },
  title: { en: 'Sign in', 'zh-Hant': '登入' },
  service: {
    en: '{service} at {origin} sent you here to sign in. It is told only what you agree to.',
    'zh-Hant': '{service}（{origin}）要求你登入。你同意後，才會向其提供資料。',
  },
  lead: {
    en: 'With a passkey: your phone, computer or security key checks that it is you. There is no password.',
    'zh-Hant': '使用通行密鑰：由你的手機、電腦或安全密鑰核對身份，無須密碼。',
  },
  passkey: { en: 'Sign in with a passkey', 'zh-Hant': '以通行密鑰登入' },
  key: { en: 'Use a security key', 'zh-Hant': '使用安全密鑰' },
  ways: { en: 'Other ways', 'zh-Hant': '其他方法' },
  phone: { en: 'Sign in with your phone', 'zh-Hant': '以手機登入' },
  phoneLine: { en: 'Scan a code on this screen.', 'zh-Hant': '掃描此屏幕上的二維碼。' },
  code: { en: 'Use a recovery code', 'zh-Hant': '使用復原碼' },
  codeLine: {
    en: 'For when you cannot use any of your passkeys.',
    'zh-Hant': '適用於所有通行密鑰都不能使用時。',
  },
  channels: { en: 'Use another government’s platform', 'zh-Hant': '使用其他政府的平台' },
  channelsLine: {
    en: 'For whoever has an account there.',
    'zh-Hant': '適用於在該平台有帳戶的人士。',
  },
  open: { en: 'Create an account', 'zh-Hant': '開立帳戶' },
  openLine: { en: 'It takes a name and a passkey.', 'zh-Hant': '只需稱呼及一把通行密鑰。' },
  made: { en: 'Sign in for a demonstration', 'zh-Hant': '登入示範系統' },
  madeLead: {
    en: 'These people are made up. Choose one, and you act as that person on this installation; nothing reaches a real department.',
    'zh-Hant': '以下人物均屬虛構。選擇其中一位，即以該人身份使用本系統；任何操作都不會送達真正的部門。',
  },
  enter: { en: 'Sign in as {name}', 'zh-Hant': '以{name}身份登入' },
})

const Somebody = Type.Object({
  id: Type.String(),
  name: Text,
  about: Text,
  organisation: Type.Optional(Type.String()),
  roles: Type.Array(Type.String()),
})

export type SignIn = Static<typeof SignIn>
export const SignIn = Type.Object({
  passkey: PasskeyAsked,
  /** That sent this browser here. */
  service: Type.Union([Service, Type.Null()]),
  /** Made-up people, in a demonstration only. */
  people: Type.Array(Somebody),
  next: Type.String(),
  /** Whether a phone that is signed in can sign this browser in. */
  phone: Type.Boolean(),
  /** Whether one can sign in through another platform. */
  channels: Type.Boolean(),
  refusal: Type.Union([Text, Type.Null()]),
})

export function SignInPage({ passkey, service, people, next, phone, channels, refusal }: SignIn) {
  const { say, href, person: me } = usePage()
  const securityKey = { id: passkey.id, options: { ...passkey.options, hints: ['security-key'] } }
  const ways = [
    ...(phone ? [{ path: '/sign-in/phone', title: words.phone, line: words.phoneLine }] : []),
    { path: '/sign-in/recovery', title: words.code, line: words.codeLine },
    ...(channels ? [{ path: '/sign-in/channels', title: words.channels, line: words.channelsLine }] : []),
    { path: '/sign-in/new', title: words.open, line: words.openLine },
  ]
  return (
    <Page title={say(words.title)} error={refusal !== null} scripts={['passkeys']}>
      <ErrorSummary errors={refusal ? [{ field: 'sign-in', text: say(refusal) }] : []} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {service && (
        <>
          <p class="lead">{say(words.service, { service: service.name, origin: service.origin })}</p>
          <Asker {...service} />
        </>
      )}
      {me && (
        <p>
          {say(words.already, { name: me.name })} <a href={href('/account')}>{say(words.toAccount)}</a>
        </p>
      )}
      <p class={service ? undefined : 'lead'}>{say(words.lead)}</p>
      <div id="sign-in" class="passkeys">
        <PasskeyForm
          action={withNext('/sign-in/passkey', next)}
          asked={passkey}
          label={say(words.passkey)}
          fields={{ next }}
          autofill={refusal === null}
        />
        <PasskeyForm
          action={withNext('/sign-in/passkey', next)}
          asked={securityKey}
          label={say(words.key)}
          fields={{ next }}
          kind="second"
        />
      </div>
      <h2>{say(words.ways)}</h2>
      <ul class="sections">
        {ways.map(({ path, title, line }) => (
          <li key={path}>
            <a href={href(withNext(path, next))}>{say(title)}</a> <span>{say(line)}</span>
          </li>
        ))}
      </ul>
      {people.length > 0 && (
        <>
          <h2>{say(words.made)}</h2>
          <p>{say(words.madeLead)}</p>
          <ul class="people">
            {people.map((person) => (
              <li key={person.id}>
                <form method="post" action={href('/sign-in')}>
                  <input type="hidden" name="next" value={next} />
                  <p>{say(person.about)}</p>
                  <button class="button" type="submit" name="person" value={person.id}>
                    {say(words.enter, { name: say(person.name) })}
                  </button>
                </form>
              </li>
            ))}
          </ul>
        </>
      )}
    </Page>
  )
}
