import { type Static, Type } from 'typebox'
import { Button, Page, Phrase, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { withNext } from '../sign-in/next.ts'

const words = texts({
  title: { en: 'You cannot sign like this', 'zh-Hant': '現時不能簽署' },
  another: {
    en: 'You act for somebody else, and nobody signs for another person. Act for yourself again, and sign with your own key.',
    'zh-Hant': '你現正代他人行事，而任何人都不能代他人簽署。請先回復以本人身份行事，再用自己的密鑰簽署。',
  },
  passkey: {
    en: 'You signed in here by another device or a code. Sign in with a passkey on this device, and you come back here.',
    'zh-Hant': '你是經另一裝置或以代碼登入。請在這部裝置用通行密鑰登入，然後便會返回這裏。',
  },
  new: {
    en: 'A recovery code opened this sign-in, and for a day nothing is signed in it. Sign in with a passkey from before, and you come back here; or with one that you add now, a day later.',
    'zh-Hant':
      '這次登入源於復原碼，一天內不能簽署。請以原有的通行密鑰登入，然後便會返回這裏；或現在加入一把，一天後以其登入再簽署。',
  },
  unnamed: {
    en: 'No document of yours proves your name just now, and a signature bears a proven name. Prove a document, and you come back here.',
    'zh-Hant': '目前沒有證件核實你的姓名，而簽署須以經核實的姓名作出。請核實證件，然後便會返回這裏。',
  },
  asMyself: { en: 'Act for yourself, and go on', 'zh-Hant': '以本人身份繼續' },
  signIn: { en: 'Sign in with a passkey', 'zh-Hant': '以通行密鑰登入' },
  prove: { en: 'Prove a document', 'zh-Hant': '核實證件' },
})

export type Hindered = Static<typeof Hindered>
export const Hindered = Type.Object({
  by: Type.Enum(['another', 'passkey', 'new', 'unnamed']),
  /** Where the person goes on to afterwards. */
  next: Type.String(),
})

/** What keeps somebody from signing as they are signed in, with what leads on from there. */
export function HinderedPage({ by, next }: Hindered) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say, '/account/signatures')}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words[by])}</p>
      {by === 'another' ? (
        <form method="post" action={href('/account/acting')}>
          <input type="hidden" name="as" value="myself" />
          <input type="hidden" name="next" value={next} />
          <Button>{say(words.asMyself)}</Button>
        </form>
      ) : (
        <Button href={href(withNext(by === 'unnamed' ? '/account/level/document' : '/sign-in', next))}>
          {say(by === 'unnamed' ? words.prove : words.signIn)}
        </Button>
      )}
    </Page>
  )
}
