import { type Static, Type } from 'typebox'
import { Button, Checkboxes, ErrorSummary, Page, Phrase, Text, TextArea, TextField, texts, usePage } from '#platform'
import { shared } from './client-words.ts'
import { powerNames, powers } from './powers.ts'
import { Kind } from './registration.ts'

export const organisationMax = 160
export const purposeMax = 2000

const words = texts({
  title: { en: 'Ask for approval', 'zh-Hant': '申請批准' },
  lead: {
    en: 'An officer looks at who runs your service and what it is for. Once it is live, people no longer read that it is in trial use, and its name and host stay as they are.',
    'zh-Hant': '審批人員會審核服務由誰營辦及其用途。正式使用後，使用者不再看到試用提示，名稱和主機亦不能再更改。',
  },
  leadLive: {
    en: 'Your client is live. Ask here for what is of high risk.',
    'zh-Hant': '你的客戶端已正式使用。如需高風險用途，請在此申請。',
  },
  open: {
    en: 'An officer looks at what you asked for. You read the answer in your inbox.',
    'zh-Hant': '審批人員正審批你的申請，結果會送到你的收件匣。',
  },
  local: {
    en: 'This client comes back to your own computer. Give it an https:// address first.',
    'zh-Hant': '這個客戶端會返回你自己的電腦。請先填上 https:// 網址。',
  },
  change: { en: 'Change its addresses', 'zh-Hant': '更改網址' },
  organisation: { en: 'Who runs the service', 'zh-Hant': '營辦機構' },
  organisationHint: {
    en: 'The company, department or association, as it is registered.',
    'zh-Hant': '公司、部門或社團的登記名稱。',
  },
  purpose: { en: 'What it is for', 'zh-Hant': '用途' },
  purposeHint: {
    en: 'Who uses it, what they do with it, and why it needs each thing below. At least a sentence.',
    'zh-Hant': '誰會使用、作何用途，以及為何需要以下各項。最少一句。',
  },
  powers: { en: 'What it needs of high risk', 'zh-Hant': '需要的高風險用途' },
  powersHint: {
    en: 'Leave all empty to sign people in alone. Whatever you choose holds the client to FAPI 2.0: pushed requests, DPoP, and its own key.',
    'zh-Hant': '如只作登入用途，全部留空。選用任何一項，客戶端即須符合 FAPI 2.0：預先推送要求、DPoP 及自備密鑰。',
  },
  otherKind: {
    en: 'What is of high risk (forms for many people, numbers of identity documents) needs a client with its own key.',
    'zh-Hant': '高風險用途（為多人提供填表服務、身份證明文件號碼）須用自備密鑰的客戶端。',
  },
  send: { en: 'Ask', 'zh-Hant': '提交申請' },
})

const mistakeWords = texts({
  address: {
    en: 'Give the client an https:// address that everybody can reach, and then ask.',
    'zh-Hant': '請先為客戶端填上人人可到達的 https:// 網址，然後再申請。',
  },
  organisation: { en: 'Write who runs the service.', 'zh-Hant': '請填寫營辦機構。' },
  purpose: {
    en: 'Write what the service is for, in a sentence or more.',
    'zh-Hant': '請以至少一句說出服務的用途。',
  },
  powers: { en: 'Choose from the list.', 'zh-Hant': '請從清單選擇。' },
  key: {
    en: 'What is of high risk needs a client with its own key. Register one of that kind and ask for it there.',
    'zh-Hant': '高風險用途須用自備密鑰的客戶端。請登記該種客戶端再申請。',
  },
  nothing: {
    en: 'This client is live already. Choose what it needs besides.',
    'zh-Hant': '這個客戶端已正式使用。請選擇另外需要的項目。',
  },
})

const places = {
  address: 'organisation',
  organisation: 'organisation',
  purpose: 'purpose',
  powers: 'powers',
  key: 'powers',
  nothing: 'powers',
} as const

const Mistake = Type.Enum(['address', 'organisation', 'purpose', 'powers', 'key', 'nothing'])

export type ApprovalData = Static<typeof ApprovalData>
export const ApprovalData = Type.Object({
  id: Type.String(),
  name: Text,
  live: Type.Boolean(),
  local: Type.Boolean(),
  kind: Kind,
  held: Type.Array(Type.String()),
  open: Type.Boolean(),
  values: Type.Object({
    organisation: Type.String(),
    purpose: Type.String(),
    powers: Type.Array(Type.String()),
  }),
  mistakes: Type.Array(Mistake),
})

export function ApprovalPage({ id, name, live, local, kind, held, open, values, mistakes }: ApprovalData) {
  const { say, href } = usePage()
  const at = (field: string) => mistakes.find((each) => places[each] === field)
  const error = (field: string) => {
    const found = at(field)
    return found ? { error: say(mistakeWords[found]) } : {}
  }
  const crumbs = [
    { text: say(shared.clients), path: '/developers/clients' },
    { text: say(name), path: `/developers/clients/${id}` },
  ]
  return (
    <Page title={say(words.title)} breadcrumbs={crumbs} error={mistakes.length > 0}>
      <ErrorSummary errors={mistakes.map((each) => ({ field: places[each], text: say(mistakeWords[each]) }))} />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      {open ? (
        <p class="lead">{say(words.open)}</p>
      ) : local && mistakes.length === 0 ? (
        <>
          <p class="lead">{say(words.local)}</p>
          <Button href={href(`/developers/clients/${id}/change`)}>{say(words.change)}</Button>
        </>
      ) : (
        <>
          <p class="lead">{say(live ? words.leadLive : words.lead)}</p>
          <form method="post" action={href(`/developers/clients/${id}/approval`)}>
            <TextField
              name="organisation"
              label={say(words.organisation)}
              hint={say(words.organisationHint)}
              value={values.organisation}
              maxLength={organisationMax}
              autocomplete="organization"
              {...error('organisation')}
            />
            <TextArea
              name="purpose"
              label={say(words.purpose)}
              hint={say(words.purposeHint)}
              value={values.purpose}
              maxLength={purposeMax}
              autocomplete="off"
              {...error('purpose')}
            />
            {kind !== 'key' && !mistakes.includes('key') ? (
              <p>{say(words.otherKind)}</p>
            ) : (
              <Checkboxes
                name="powers"
                label={say(words.powers)}
                hint={say(words.powersHint)}
                values={values.powers}
                options={powers
                  .filter((each) => !held.includes(each.id))
                  .map((each) => ({ value: each.id, label: say(powerNames[each.id]) }))}
                {...error('powers')}
              />
            )}
            <Button>{say(words.send)}</Button>
          </form>
        </>
      )}
    </Page>
  )
}
