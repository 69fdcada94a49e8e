import { Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import type { RegisterNote, RegistersData } from './types.ts'

export const words = texts({
  title: { en: 'Registers', 'zh-Hant': '登記冊' },
  lead: {
    en: 'What departments keep here of licences, marks, vehicles and cases. Who must approve what stands in the rules of each register, and these stand in a log: nobody can bend them unseen, not even the department.',
    'zh-Hant':
      '各部門在此備存的牌照、商標、車輛和個案登記。每項步驟須由誰批准，載於登記冊的規則；規則載於日誌，任何人都不能暗中變通，包括有關部門。',
  },
  holdings: { en: 'What you hold, and the code of a letter', 'zh-Hant': '你持有的登記項及輸入信件代碼' },
  office: { en: 'Registers of your organisation', 'zh-Hant': '你所屬機構的登記冊' },
  keeper: { en: 'Kept by', 'zh-Hant': '備存部門' },
  items: { en: 'Entries stand in', 'zh-Hant': '條目載於' },
  none: {
    en: 'No register is kept here yet. One that the government’s pack describes appears here when this site starts.',
    'zh-Hant': '這裏尚未有登記冊。政府資料包所列的登記冊，會在本網站啟動時建立。',
  },
})

export function RegistersPage({ registers, keeps }: RegistersData) {
  const { say, href } = usePage()
  return (
    <Page
      title={say(words.title)}
      description={say(words.lead)}
      breadcrumbs={[{ text: say(ofLog.logs), path: '/ledger' }]}
    >
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <p>
        <a href={href('/ledger/holdings')}>{say(words.holdings)}</a>
      </p>
      {keeps && (
        <p>
          <a href={href('/office/ledger/registers')}>{say(words.office)}</a>
        </p>
      )}
      {registers.length === 0 && <p class="empty">{say(words.none)}</p>}
      {registers.map((register) => (
        <One key={register.id} register={register} />
      ))}
    </Page>
  )
}

function One({ register: { path, title, about, keeper, log } }: { register: RegisterNote }) {
  const { say, href } = usePage()
  return (
    <section>
      <h2>
        <a href={href(path)}>{say(title)}</a>
      </h2>
      <p>{say(about)}</p>
      <SummaryList
        rows={[
          { key: say(words.keeper), value: say(keeper) },
          { key: say(words.items), value: <a href={href(log.path)}>{say(log.title)}</a> },
        ]}
      />
    </section>
  )
}
