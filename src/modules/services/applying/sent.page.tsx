import { Moment, Page, Phrase, texts, usePage } from '#platform'
import { Stages } from '../cases/stages.tsx'
import { Useful } from '../catalogue/useful.tsx'
import { PlaceSection } from '../places/place-section.tsx'
import type { CasePlace } from '../places/types.ts'
import type { StageNote } from '../types.ts'
import { AnswerSections } from './check.page.tsx'
import { ToKeep } from './frame.tsx'
import type { SentData } from './types.ts'

const own = texts({
  title: { en: 'Your application was sent', 'zh-Hant': '已提交你的申請' },
  reference: { en: 'Its reference', 'zh-Hant': '申請編號' },
  keep: {
    en: 'Keep this number, and give it whenever you ask about your application.',
    'zh-Hant': '請保存這個編號，查詢申請時請一併提供。',
  },
  next: { en: 'What happens next', 'zh-Hant': '接下來的步驟' },
  status: { en: 'See where it stands', 'zh-Hant': '查看進度' },
  noAccount: {
    en: 'You were not signed in, so what is decided is not shown to you here. The department uses what you wrote of how to reach you.',
    'zh-Hant': '你提交時未有登入，因此這裏不會顯示結果。部門會按你填寫的聯絡方法答覆。',
  },
  contact: { en: 'Questions', 'zh-Hant': '查詢' },
  answers: { en: 'What you sent', 'zh-Hant': '你提交的內容' },
  sentAt: { en: 'Sent', 'zh-Hant': '提交時間' },
})

/** The receipt: the reference, what happens next, and what was sent, to be kept or printed. */
export function SentPage({
  service,
  reference,
  sentAt,
  takes,
  next,
  contact,
  inAccount,
  casePath,
  stages,
  place,
  sections,
}: SentData & { stages: readonly StageNote[]; place: CasePlace | null }) {
  const { say, href } = usePage()
  return (
    <Page title={`${say(own.title)} – ${say(service.title)}`}>
      <p class="caption">{say(service.title)}</p>
      <h1>
        <Phrase text={say(own.title)} />
      </h1>
      <ToKeep title={say(own.reference)} value={reference} line={say(own.keep)} />
      <h2>{say(own.next)}</h2>
      <p>{say(next)}</p>
      <p>{say(takes)}</p>
      <Stages stages={stages} />
      <p>{inAccount ? <a href={href(casePath)}>{say(own.status)}</a> : say(own.noAccount)}</p>
      {place && <PlaceSection place={{ ...place, accept: false, giveUp: false }} path={casePath} />}
      <h2>{say(own.contact)}</h2>
      <p>{say(contact)}</p>
      <h2>{say(own.answers)}</h2>
      <p class="muted">
        {say(own.sentAt)} <Moment at={sentAt} />
      </p>
      <AnswerSections sections={sections} />
      <Useful service={service.id} place="receipt" />
    </Page>
  )
}
