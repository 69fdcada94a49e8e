import { Button, Moment, Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { KeyDetails } from '../notes/key-details.tsx'
import { officeCrumbs } from '../office/crumbs.ts'
import { Done } from '../office/done.tsx'
import type { CeremoniesData } from './types.ts'

export const words = texts({
  title: { en: 'Ceremonies of keys', 'zh-Hant': '密鑰紀錄' },
  lead: {
    en: 'Every making, rotation, loss and end of a key. Each is an act of the audit trail, so it stands in a log and can be proved. Those of logs are seen by a second officer.',
    'zh-Hant': '密鑰的產生、更換、報失和停用。每項均載於審計軌跡，因此在日誌內並可證明。日誌密鑰須由第二名人員見證。',
  },
  none: { en: 'No key was made yet.', 'zh-Hant': '尚未產生密鑰。' },
  holder: { en: 'Whose key', 'zh-Hant': '所屬' },
  when: { en: 'When', 'zh-Hant': '時間' },
  by: { en: 'By', 'zh-Hant': '經手人' },
  system: { en: 'the program or its operator', 'zh-Hant': '系統或其營運者' },
  officer: { en: 'an officer', 'zh-Hant': '人員' },
  you: { en: 'you', 'zh-Hant': '你' },
  keys: { en: 'Keys', 'zh-Hant': '密鑰' },
  witnessed: { en: 'Seen by a second officer', 'zh-Hant': '第二名人員見證' },
  not: { en: 'not yet', 'zh-Hant': '尚未' },
  witness: { en: 'I saw that it is right', 'zh-Hant': '我已核對無誤' },
  proof: { en: 'The act in its log: {act}', 'zh-Hant': '載於日誌的操作：{act}' },
  older: { en: 'Older', 'zh-Hant': '較早' },
})

export function CeremoniesPage({ ceremonies, next }: CeremoniesData) {
  const { say, href } = usePage()
  const who = (by: CeremoniesData['ceremonies'][number]['by']) => say(words[by])
  return (
    <Page title={say(words.title)} breadcrumbs={officeCrumbs(say)}>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <Done of={['ceremony-witnessed']} />
      <p class="lead">{say(words.lead)}</p>
      {ceremonies.length === 0 && <p class="empty">{say(words.none)}</p>}
      {ceremonies.map(({ id, sentence, holderName, actedAt, by, keys, witnessedAt, act, mayProve, mayWitness }) => (
        <section key={id} id={`ceremony-${id}`}>
          <h2>{say(sentence)}</h2>
          <SummaryList
            rows={[
              { key: say(words.holder), value: say(holderName) },
              { key: say(words.when), value: <Moment at={actedAt} /> },
              { key: say(words.by), value: who(by) },
              {
                key: say(words.keys),
                // Of a program it is an identifier, which is short.
                value: keys.map((key) =>
                  key.includes('+') ? <KeyDetails key={key} vkey={key} /> : <code key={key}>{key}</code>,
                ),
              },
              { key: say(words.witnessed), value: witnessedAt ? <Moment at={witnessedAt} /> : say(words.not) },
            ]}
          />
          {mayProve && (
            <p>
              <a href={href(`/ledger/acts/${act}`)}>{say(words.proof, { act })}</a>
            </p>
          )}
          {mayWitness && (
            <form method="post" action={href(`/office/ledger/ceremonies/${id}`)}>
              <Button kind="second">{say(words.witness)}</Button>
            </form>
          )}
        </section>
      ))}
      {next !== null && (
        <p>
          <a href={href(`/office/ledger/ceremonies?before=${next}`)} rel="next">
            {say(words.older)}
          </a>
        </p>
      )}
    </Page>
  )
}
