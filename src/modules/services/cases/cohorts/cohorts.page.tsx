import { Button, Moment, Page, Phrase, Table, Tag, texts, usePage } from '#platform'
import { words as desk } from '../parts.tsx'
import type { CohortLine, CohortsData } from './types.ts'
import { kindNames, shared, stateNames } from './words.ts'

const words = texts({
  lead: {
    en: 'Cases that are decided anew by changed rules, or go on by a newer version. Another officer approves, and all of it can be undone.',
    'zh-Hant': '把個案按修訂規則重新決定，或轉用新版本。須由另一名人員批准，並可整批撤銷。',
  },
  none: {
    en: 'Nothing was done with many cases yet. Choose cases to see what another version comes to; nothing is changed by that.',
    'zh-Hant': '暫未有批量處理。請選擇個案，預覽其他版本的結果；預覽不會更改個案。',
  },
  begun: { en: 'Begun', 'zh-Hant': '開始' },
})

const path = '/office/services/cohorts'
const tones = {
  previewing: 'act',
  proposed: 'act',
  running: 'act',
  done: 'good',
  'undo-proposed': 'act',
  undoing: 'act',
  failed: 'bad',
} as const

export function StateTag({ state }: Pick<CohortLine, 'state'>) {
  const { say } = usePage()
  const tone = state === 'previewed' || state === 'undone' ? undefined : tones[state]
  return <Tag {...(tone && { tone })}>{say(stateNames[state])}</Tag>
}

export function CohortsPage({ cohorts }: CohortsData) {
  const { say, href } = usePage()
  return (
    <Page title={say(shared.cohorts)} wide breadcrumbs={[{ text: say(desk.desk), path: '/office/services' }]}>
      <h1>
        <Phrase text={say(shared.cohorts)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <Button href={href(`${path}/new`)}>{say(shared.begin)}</Button>
      {cohorts.length === 0 ? (
        <p class="empty">{say(words.none)}</p>
      ) : (
        <Table
          caption={say(shared.cohorts)}
          captionHidden
          narrow="stack"
          columns={[shared.what, shared.service, shared.cases, shared.state, words.begun].map((text) => ({
            label: say(text),
          }))}
          rows={cohorts.map((each) => ({
            cells: [
              <a key="what" href={href(`${path}/${each.id}`)}>
                {say(kindNames[each.kind])}
              </a>,
              say(each.title),
              each.cases.toLocaleString('en'),
              <StateTag key="state" state={each.state} />,
              <span key="begun">
                <Moment at={each.begunAt} /> <span class="muted">{say(each.begunBy)}</span>
              </span>,
            ],
          }))}
        />
      )}
    </Page>
  )
}
