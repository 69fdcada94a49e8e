import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Phrase, Text, texts, usePage } from '#platform'
import { PasskeyAsked, PasskeyForm } from '../passkeys/passkey-form.tsx'
import { withNext } from './next.ts'
import { Service } from './sent-by.ts'

const words = texts({
  leave: { en: 'Not now: back to my account', 'zh-Hant': '暫不核實，返回我的帳戶' },
  back: { en: 'Not now: back to where I was', 'zh-Hant': '暫不核實，返回上一頁' },
  refuse: { en: 'Not now: go back to {service}', 'zh-Hant': '暫不核實，返回{service}' },
  title: { en: 'Confirm that it is you', 'zh-Hant': '再次核實身份' },
  lead: {
    en: 'What you are about to do needs your passkey again. Afterwards you go on where you were.',
    'zh-Hant': '你即將進行的操作須再次使用通行密鑰。核實後便可繼續。',
  },
  confirm: { en: 'Confirm with a passkey', 'zh-Hant': '以通行密鑰核實' },
  without: {
    en: 'Your account has no passkey that can be used. Sign in with another recovery code, and then add a passkey.',
    'zh-Hant': '你的帳戶沒有可用的通行密鑰。請以另一個復原碼登入，然後加入通行密鑰。',
  },
  code: { en: 'Use a recovery code', 'zh-Hant': '使用復原碼' },
  levelTitle: { en: 'Prove who you are', 'zh-Hant': '核實你的身份' },
  levelLead: {
    en: 'This needs level {level}; your account has reached level {proven}. It is proven once, and then serves everywhere.',
    'zh-Hant': '此項須達第 {level} 級核實；你的帳戶現為第 {proven} 級。核實一次後，各項服務均可使用。',
  },
  serviceLead: {
    en: '{service} at {origin} asks you to confirm that it is you. Afterwards you go on to it.',
    'zh-Hant': '{service}（{origin}）要求你再次核實身份。核實後便可繼續前往該服務。',
  },
  serviceLevelLead: {
    en: '{service} at {origin} needs level {level}; your account has reached level {proven}. It is proven once, and then serves everywhere.',
    'zh-Hant':
      '{service}（{origin}）要求達到第 {level} 級核實；你的帳戶現為第 {proven} 級。核實一次後，各項服務均可使用。',
  },
  levelGo: { en: 'See how to reach it', 'zh-Hant': '查看核實方法' },
  demonstration: {
    en: 'You are a made-up person of the demonstration, and have no passkey. A press of the button stands for it.',
    'zh-Hant': '你現以示範系統的虛構人物登入，沒有通行密鑰；按下按鈕即作核實。',
  },
  demonstrationConfirm: { en: 'Confirm', 'zh-Hant': '核實' },
})

export type Again = Static<typeof Again>
export const Again = Type.Object({
  /** Null where the person has none that can be used. */
  passkey: Type.Union([PasskeyAsked, Type.Null()]),
  /** Which level is needed, and which the account has reached by proofs. */
  level: Type.Integer(),
  proven: Type.Integer(),
  next: Type.String(),
  /** That asks for it, and whose request waits at `next`. */
  service: Type.Union([Service, Type.Null()]),
  /** The page from which the person was led here; their account where that is not known. */
  back: Type.String(),
  madeUp: Type.Boolean(),
  refusal: Type.Union([Text, Type.Null()]),
})

export function AgainPage(data: Again) {
  const { say, href } = usePage()
  const { level, proven, next, back, service, refusal } = data
  const low = proven < level
  const title = say(low ? words.levelTitle : words.title)
  return (
    <Page title={title} error={refusal !== null} scripts={['passkeys']}>
      <ErrorSummary errors={refusal ? [{ field: 'confirm', text: say(refusal) }] : []} />
      <h1>
        <Phrase text={title} />
      </h1>
      {low ? (
        <>
          <p class="lead">
            {service
              ? say(words.serviceLevelLead, { service: service.name, origin: service.origin, level, proven })
              : say(words.levelLead, { level, proven })}
          </p>
          <Button href={href(withNext('/account/level', next))}>{say(words.levelGo)}</Button>
        </>
      ) : (
        <Confirm {...data} />
      )}
      {service ? (
        <form method="post" action={href(next)} class="after-form">
          <Button kind="second" name="answer" value="refuse">
            {say(words.refuse, { service: service.name })}
          </Button>
        </form>
      ) : (
        <p class="after-form">
          <a href={href(back)}>{say(back === '/account' ? words.leave : words.back)}</a>
        </p>
      )}
    </Page>
  )
}

function Confirm({ passkey, level, next, back, service, madeUp }: Again) {
  const { say, href } = usePage()
  const fields = { next, back, level: String(level) }
  return (
    <div id="confirm">
      {service && <p class="lead">{say(words.serviceLead, { service: service.name, origin: service.origin })}</p>}
      {passkey && (
        <>
          {!service && <p class="lead">{say(words.lead)}</p>}
          <PasskeyForm action="/sign-in/again" asked={passkey} label={say(words.confirm)} fields={fields} />
        </>
      )}
      {!passkey && !madeUp && (
        <>
          <p class={service ? undefined : 'lead'}>{say(words.without)}</p>
          <Button href={href(withNext('/sign-in/recovery', next))}>{say(words.code)}</Button>
        </>
      )}
      {madeUp && (
        <form method="post" action={href('/sign-in/again')}>
          {Object.entries(fields).map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <p>{say(words.demonstration)}</p>
          <Button>{say(words.demonstrationConfirm)}</Button>
        </form>
      )}
    </div>
  )
}
