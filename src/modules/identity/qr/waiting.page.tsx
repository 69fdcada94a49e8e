import { type Static, Type } from 'typebox'
import { Button, ErrorSummary, Page, Phrase, texts, usePage } from '#platform'
import { withNext } from '../sign-in/next.ts'
import { Code, DrawnCode } from './qr-code.tsx'

const words = texts({
  title: { en: 'Sign in with your phone', 'zh-Hant': '以手機登入' },
  scan: {
    en: 'Open the camera of a phone on which you are signed in here, and point it at this code.',
    'zh-Hant': '在已登入本網站的手機上開啟相機，對準此二維碼。',
  },
  check: {
    en: 'The phone names the site and the browser that ask. Go on only if you are sitting at that browser.',
    'zh-Hant': '手機會顯示提出要求的網站及瀏覽器。只有你本人正在使用該瀏覽器時才可繼續。',
  },
  type: {
    en: 'A number then appears on this screen. Type it on the phone.',
    'zh-Hant': '此屏幕隨後會顯示一個號碼，請在手機上輸入。',
  },
  code: { en: 'Code to scan with your phone', 'zh-Hant': '供手機掃描的二維碼' },
  changes: {
    en: 'The code changes every second and ends after a minute. Never scan one that somebody sent you.',
    'zh-Hant': '二維碼每秒更換，一分鐘後失效。切勿掃描他人傳來的二維碼。',
  },
  plain: {
    en: 'The code stands still? Let the page reload itself',
    'zh-Hant': '二維碼沒有更換？改用自動重新載入的頁面',
  },
  claimed: { en: 'Type this number on your phone', 'zh-Hant': '請在手機上輸入這個號碼' },
  claimedLead: {
    en: 'Your phone has read the code. Do not tell the number to anybody; nobody needs to ask you for it.',
    'zh-Hant': '手機已讀取二維碼。切勿把號碼告訴任何人，任何人都無須向你索取。',
  },
  done: { en: 'I have approved on the phone', 'zh-Hant': '我已在手機上批准' },
  notYet: {
    en: 'The phone has not approved yet. Approve there, and then choose the button again.',
    'zh-Hant': '手機尚未批准。請先在手機上批准，然後再按此按鈕。',
  },
  approved: { en: 'Approved on your phone', 'zh-Hant': '手機已批准' },
  approvedLead: { en: 'Go on, and this browser is signed in.', 'zh-Hant': '繼續後，此瀏覽器便會登入。' },
  goOn: { en: 'Go on', 'zh-Hant': '繼續' },
  refused: { en: 'The phone refused', 'zh-Hant': '手機已拒絕' },
  refusedLead: { en: 'Nobody was signed in here.', 'zh-Hant': '此處沒有任何人登入。' },
  wrong: { en: 'That was another number', 'zh-Hant': '號碼不符' },
  wrongLead: {
    en: 'The number typed on the phone was not the one of this screen, so nobody was signed in. There is one try for each code.',
    'zh-Hant': '手機上輸入的號碼與此屏幕不符，因此沒有任何人登入。每個二維碼只可試一次。',
  },
  expired: { en: 'The code has run out', 'zh-Hant': '二維碼已失效' },
  expiredLead: {
    en: 'A code can be scanned for one minute, and the phone then has two to approve. Nobody was signed in here.',
    'zh-Hant': '二維碼一分鐘內有效，掃描後須在兩分鐘內於手機上批准。此處沒有任何人登入。',
  },
  finished: { en: 'This code was used', 'zh-Hant': '二維碼已經使用' },
  finishedLead: {
    en: 'It signed this browser in once. Show a new code to sign in again.',
    'zh-Hant': '它已讓此瀏覽器登入一次。如要再次登入，請顯示新的二維碼。',
  },
  again: { en: 'Show a new code', 'zh-Hant': '顯示新的二維碼' },
  refuses: { en: 'A phone is not enough here', 'zh-Hant': '此項不可以手機登入' },
  refusesLead: {
    en: 'What you are going to do demands a passkey in this browser itself: a code on a screen can be passed on to somebody else. Use a passkey or a security key.',
    'zh-Hant':
      '你將進行的操作須直接在此瀏覽器使用通行密鑰，因為屏幕上的二維碼可被轉傳給他人。請使用通行密鑰或安全密鑰。',
  },
  passkey: { en: 'Sign in with a passkey', 'zh-Hant': '以通行密鑰登入' },
  otherWays: { en: 'Choose another way', 'zh-Hant': '選擇其他方法' },
})

export const WaitingState = Type.Enum([
  'waiting',
  'claimed',
  'approved',
  'refused',
  'wrong-number',
  'expired',
  'finished',
  'not-allowed',
])

export type Waiting = Static<typeof Waiting>
export const Waiting = Type.Object({
  state: WaitingState,
  /** The frame of this second, while the order waits for a phone. */
  code: Type.Union([DrawnCode, Type.Null()]),
  /** What to type on the phone, once it has scanned. */
  number: Type.Union([Type.Integer(), Type.Null()]),
  next: Type.String(),
  /** Whether the page reloads itself, for browsers without scripts. */
  plain: Type.Boolean(),
  /** Whether the person said that the phone approved, which it has not. */
  early: Type.Boolean(),
})

// biome-ignore format: matrix
const ended = {
  refused:        { title: words.refused,  lead: words.refusedLead },
  'wrong-number': { title: words.wrong,    lead: words.wrongLead },
  expired:        { title: words.expired,  lead: words.expiredLead },
  finished:       { title: words.finished, lead: words.finishedLead },
  'not-allowed':  { title: words.refuses,  lead: words.refusesLead },
} as const

/** What the waiting browser shows. The script fetches each second’s frame, and loads the page anew when something happened. */
export function WaitingPage(data: Waiting) {
  const { say, href } = usePage()
  const { state, code, number, next, plain, early } = data
  if (state === 'waiting' || state === 'claimed' || state === 'approved') {
    const title = { waiting: words.title, claimed: words.claimed, approved: words.approved }[state]
    return (
      <Page title={say(title)} error={early} scripts={plain ? [] : ['phone-sign-in']}>
        <ErrorSummary errors={early ? [{ field: 'finish', text: say(words.notYet) }] : []} />
        <h1>
          <Phrase text={say(title)} />
        </h1>
        <div data-phone-order={state} data-phone-frames="/sign-in/phone/frame">
          {state === 'waiting' && code && <Scan code={code} next={next} plain={plain} />}
          {state === 'claimed' && (
            <>
              <p class="qr__number">{number}</p>
              <p>{say(words.claimedLead)}</p>
            </>
          )}
          {state === 'approved' && <p class="lead">{say(words.approvedLead)}</p>}
          <form method="post" action={href('/sign-in/phone/finish')} data-phone-finish>
            <input type="hidden" name="plain" value={plain ? 'yes' : 'no'} />
            <Button id="finish" {...(state === 'approved' ? {} : { kind: 'second' as const })}>
              {say(state === 'approved' ? words.goOn : words.done)}
            </Button>
          </form>
        </div>
        <OtherWays next={next} />
      </Page>
    )
  }
  const { title, lead } = ended[state]
  return (
    <Page title={say(title)}>
      <h1>
        <Phrase text={say(title)} />
      </h1>
      <p class="lead">{say(lead)}</p>
      {state === 'not-allowed' ? (
        <Button href={href(withNext('/sign-in', next))}>{say(words.passkey)}</Button>
      ) : (
        <>
          <form method="post" action={href('/sign-in/phone')}>
            <input type="hidden" name="next" value={next} />
            <input type="hidden" name="plain" value={plain ? 'yes' : 'no'} />
            <Button>{say(words.again)}</Button>
          </form>
          <OtherWays next={next} />
        </>
      )}
    </Page>
  )
}

function Scan({ code, next, plain }: { code: { size: number; path: string }; next: string; plain: boolean }) {
  const { say, href } = usePage()
  return (
    <>
      <Code {...code} label={say(words.code)} />
      <ol>
        <li>{say(words.scan)}</li>
        <li>{say(words.check)}</li>
        <li>{say(words.type)}</li>
      </ol>
      <p>{say(words.changes)}</p>
      {!plain && (
        <p data-phone-plain>
          <a href={href(withNext('/sign-in/phone?plain=yes', next))}>{say(words.plain)}</a>
        </p>
      )}
    </>
  )
}

function OtherWays({ next }: { next: string }) {
  const { say, href } = usePage()
  return (
    <p class="qr__after">
      <a href={href(withNext('/sign-in', next))}>{say(words.otherWays)}</a>
    </p>
  )
}
