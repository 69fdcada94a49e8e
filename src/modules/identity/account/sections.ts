import { type PageContext, type Person, pageNames, type Text, texts } from '#platform'
import { permissions } from '../acts.ts'
import { requestsTitle } from '../ciba/requests.page.tsx'
import { shared } from '../developers/client-words.ts'

type Section = { path: string; title: Text; line: Text }

export const section = (path: string, words: { title: Text; line: Text }): Section => ({ path, ...texts(words) })

/** The pages under one's account, in the order in which it lists them: where each leads, and what is there. */
export const sections: readonly Section[] = [
  section('/account/inbox', {
    title: { en: 'Inbox', 'zh-Hant': '收件匣' },
    line: {
      en: 'What departments wrote to you, and alerts about your account.',
      'zh-Hant': '部門發給你的訊息和帳戶提示。',
    },
  }),
  section('/account/devices', {
    title: { en: 'Passkeys and recovery codes', 'zh-Hant': '通行密鑰及復原碼' },
    line: { en: 'What you sign in with.', 'zh-Hant': '你用以登入的方法。' },
  }),
  section('/account/sessions', {
    title: { en: 'Where you are signed in', 'zh-Hant': '登入中的瀏覽器' },
    line: { en: 'Every browser, and how to sign it out.', 'zh-Hant': '查看各個瀏覽器，並可將其登出。' },
  }),
  section('/account/requests', {
    title: requestsTitle,
    line: { en: 'What staff at a counter ask of you just now.', 'zh-Hant': '櫃位職員現時對你的要求。' },
  }),
  section('/account/channels', {
    title: { en: 'Linked platforms', 'zh-Hant': '已連結的平台' },
    line: {
      en: 'Accounts elsewhere that are yours, and how to unlink them.',
      'zh-Hant': '與本帳戶連結的其他平台，可隨時解除。',
    },
  }),
  section('/account/level', {
    title: { en: 'How sure we are of who you are', 'zh-Hant': '身份核實級別' },
    line: { en: 'Your level, how it was reached, when it ends.', 'zh-Hant': '目前級別、核實方式和有效期。' },
  }),
  section('/account/profile', {
    title: { en: 'Your profile', 'zh-Hant': '個人資料' },
    line: {
      en: 'What is verified about you, and what you say yourself.',
      'zh-Hant': '已核實的資料，以及由你填寫的資料。',
    },
  }),
  section('/account/consents', {
    title: { en: 'What services are told', 'zh-Hant': '你同意提供的資料' },
    line: { en: 'What you agreed to, and how to take it back.', 'zh-Hant': '查看你作出的同意，並可隨時撤回。' },
  }),
  section('/account/sharing', {
    title: { en: 'When services were told something', 'zh-Hant': '資料提供紀錄' },
    line: { en: 'Every time, which fields, by which way.', 'zh-Hant': '每次提供的時間、項目和方式。' },
  }),
  section('/account/acting', {
    title: { en: 'In whose name you act', 'zh-Hant': '以誰的名義行事' },
    line: {
      en: 'Organisations, mandates, and what others do in your name.',
      'zh-Hant': '所屬機構、授權，以及他人以你名義所作的操作。',
    },
  }),
  section('/account/signatures', {
    title: { en: 'Your signatures', 'zh-Hant': '你的簽署' },
    line: { en: 'What you signed, and what waits for you.', 'zh-Hant': '你簽署過和等待你簽署的文件。' },
  }),
  section('/account/notifications', {
    title: { en: 'How you are told of messages', 'zh-Hant': '通知設定' },
    line: {
      en: 'Mail, this browser, and which senders may use them.',
      'zh-Hant': '電郵、瀏覽器通知和按寄件者的設定。',
    },
  }),
]

/** For developers alone, and not under the account: who never registered a client does not ask what one is. */
export const clients = section('/developers/clients', {
  title: shared.clients,
  line: {
    en: 'Connect a service, so that people sign in to it with their account here.',
    'zh-Hant': '接入服務，讓市民以這裏的帳戶登入。',
  },
})

/** The way to a page under one's account: the account, and the section `under` which it stands. */
export const accountCrumbs = (say: PageContext['say'], under?: string): { path: string; text: string }[] => [
  { path: '/account', text: say(pageNames.account) },
  ...sections.filter(({ path }) => path === under).map(({ path, title }) => ({ path, text: say(title) })),
]

/** Where an officer does what a permission lets them do. */
const offices = {
  'identity:prove-at-counter': '/office/identity/counter',
  'identity:withdraw-proof': '/office/identity/proofs',
  'identity:send-message': '/office/messages',
  'identity:read-outbox': '/office/outbox',
  'identity:request-signature': '/sign/requests',
  'identity:grant-role': '/office/organisations/:organisation/people',
  'identity:verify-organisation': '/office/organisations',
  'identity:confirm-mandate': '/office/mandates',
  'identity:approve-client': '/office/clients',
  'identity:manage-channel': '/office/channels',
} satisfies Readonly<Record<keyof typeof permissions, string>>

/** The work of an officer in the organisation for which they act: what they may do, and where. */
export const worksOf = ({ permissions: held, organisation }: Pick<Person, 'permissions' | 'organisation'>) =>
  (Object.keys(offices) as (keyof typeof offices)[]).flatMap((permission) => {
    const path = offices[permission].replace(':organisation', organisation ?? '')
    return held.includes(permission) && (organisation || path === offices[permission])
      ? [{ path, text: permissions[permission] }]
      : []
  })
