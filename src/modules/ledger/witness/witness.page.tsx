import {
  Details,
  Moment,
  Page,
  Pagination,
  Phrase,
  SummaryList,
  Table,
  Tag,
  type Text,
  texts,
  usePage,
} from '#platform'
import { words as ofLog } from '../explorer/log.page.tsx'
import { KeyDetails } from '../notes/key-details.tsx'
import { evidenceWords } from './evidence.rules.ts'
import type { Witness } from './types.ts'
import type { EvidenceKind } from './verdict.rules.ts'

const words = texts({
  title: { en: 'Witness', 'zh-Hant': '見證者' },
  lead: {
    en: 'A witness sees that logs of others only grow. It cosigns a checkpoint after checking that nothing before it was changed, and never two histories of one log.',
    'zh-Hant': '見證者監察他人的日誌只增不改：查核先前內容沒有改動後，才為檢查點加簽，絕不為同一日誌的兩段歷史加簽。',
  },
  name: { en: 'Name', 'zh-Hant': '名稱' },
  address: { en: 'Logs send checkpoints to', 'zh-Hant': '日誌送交檢查點的網址' },
  keys: { en: 'Verifier keys', 'zh-Hant': '查核密鑰' },
  keysLead: {
    en: 'For the policies of whoever checks its cosignatures. Compare them by another way before trusting them. ML-DSA-44 also stands against quantum computers.',
    'zh-Hant': '供查核加簽的人寫入信任政策。採用前，請經其他途徑核對。ML-DSA-44 亦可抵禦量子電腦。',
  },
  followed: { en: 'Keys that others follow', 'zh-Hant': '將由新密鑰接替的密鑰' },
  ends: { en: 'Cosigns beside the new ones until', 'zh-Hant': '與新密鑰一同加簽至' },
  former: { en: 'Former keys', 'zh-Hant': '以往的密鑰' },
  formerLead: {
    en: 'They cosign no more. What a retired key cosigned still holds; nothing that was cosigned by a lost one is to be believed.',
    'zh-Hant': '這些密鑰不再加簽。已停用的密鑰先前作出的加簽仍然有效；已報失的密鑰所作的加簽則不可信。',
  },
  retired: { en: 'Retired', 'zh-Hant': '停用於' },
  lost: { en: 'Reported lost', 'zh-Hant': '報失於' },
  logs: { en: 'Logs that it watches', 'zh-Hant': '所監察的日誌' },
  noLogs: {
    en: 'None yet. The operator adds one by its verifier key.',
    'zh-Hant': '暫時沒有。營運者可憑日誌的查核密鑰加入日誌。',
  },
  log: { en: 'Log', 'zh-Hant': '日誌' },
  size: { en: 'Entries', 'zh-Hant': '條目數目' },
  cosigned: { en: 'Last cosigned', 'zh-Hant': '最近加簽' },
  never: { en: 'Not yet', 'zh-Hant': '尚未' },
  evidence: { en: 'What did not fit together', 'zh-Hant': '不相符的情況' },
  noEvidence: {
    en: 'Nothing so far. If a log shows two histories, both checkpoints will be kept here for anybody to check.',
    'zh-Hant': '至今沒有。如有日誌出示兩段歷史，兩個檢查點都會保存於此，任何人均可查核。',
  },
  number: { en: 'Evidence', 'zh-Hant': '證據' },
  shows: { en: 'What it shows', 'zh-Hant': '顯示甚麼' },
  seen: { en: 'Seen', 'zh-Hant': '發現時間' },
})

const evidenceNames = texts({
  'split-view': { en: 'Two histories: proof', 'zh-Hant': '兩段歷史：證明' },
  'unproven-growth': { en: 'Growth not shown: no proof', 'zh-Hant': '未能顯示只增不改：不足為證' },
  rollback: { en: 'A smaller checkpoint: no proof', 'zh-Hant': '較小的檢查點：不足為證' },
} satisfies Record<EvidenceKind, Text>)

export function WitnessPage({ name, address, keys, former, logs, page, last, evidence }: Witness) {
  const { say, government } = usePage()
  const [newest, followed] = [
    keys.filter(({ endsAt }) => endsAt === null),
    keys.filter(({ endsAt }) => endsAt !== null),
  ]
  return (
    <Page
      title={say(words.title)}
      // A machine that is a witness alone has no other page.
      {...(!government.alone && { breadcrumbs: [{ text: say(ofLog.logs), path: '/ledger' }] })}
    >
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <SummaryList
        rows={[
          { key: say(words.name), value: <code>{name}</code> },
          { key: say(words.address), value: <code>{address}</code> },
        ]}
      />
      <h2>{say(words.keys)}</h2>
      <p>{say(words.keysLead)}</p>
      {newest.map(({ vkey }) => (
        <KeyDetails key={vkey} vkey={vkey} />
      ))}
      {followed.length > 0 && <h3>{say(words.followed)}</h3>}
      {followed.map(({ vkey, endsAt }) => (
        <KeyDetails key={vkey} vkey={vkey}>
          <p>
            {say(words.ends)} <Moment at={endsAt!} />
          </p>
        </KeyDetails>
      ))}
      {former.length > 0 && <Former former={former} />}
      <h2>{say(words.logs)}</h2>
      {logs.length === 0 ? <p>{say(words.noLogs)}</p> : <Logs logs={logs} />}
      {last > 1 && <Pagination page={page} last={last} address={(to) => `/ledger/witness?page=${to}`} />}
      <h2>{say(words.evidence)}</h2>
      {evidence.length === 0 ? <p>{say(words.noEvidence)}</p> : <Found evidence={evidence} />}
    </Page>
  )
}

function Former({ former }: Pick<Witness, 'former'>) {
  const { say } = usePage()
  return (
    <>
      <h3>{say(words.former)}</h3>
      <p>{say(words.formerLead)}</p>
      {former.map(({ vkey, isLost, endedAt }) => (
        <KeyDetails key={vkey} vkey={vkey}>
          <p>
            {say(isLost ? words.lost : words.retired)} <Moment at={endedAt} />
          </p>
        </KeyDetails>
      ))}
    </>
  )
}

function Logs({ logs }: Pick<Witness, 'logs'>) {
  const { say } = usePage()
  return (
    <Table
      caption={say(words.logs)}
      captionHidden
      narrow="stack"
      columns={[{ label: say(words.log) }, { label: say(words.size), numeric: true }, { label: say(words.cosigned) }]}
      rows={logs.map(({ origin, id, size, cosignedAt }) => ({
        cells: [
          cosignedAt === null ? <code>{origin}</code> : <a href={`/ledger/witness/${id}/checkpoint`}>{origin}</a>,
          size.replace(/\B(?=(\d{3})+$)/g, ','),
          cosignedAt === null ? say(words.never) : <Moment at={cosignedAt} />,
        ],
      }))}
    />
  )
}

function Found({ evidence }: Pick<Witness, 'evidence'>) {
  const { say } = usePage()
  return (
    <>
      <Table
        caption={say(words.evidence)}
        captionHidden
        narrow="stack"
        columns={[
          { label: say(words.number) },
          { label: say(words.log) },
          { label: say(words.shows) },
          { label: say(words.seen) },
        ]}
        rows={evidence.map(({ id, origin, kind, seenAt }) => ({
          cells: [
            <a key={id} href={`/ledger/witness/evidence/${id}`}>
              {id}
            </a>,
            origin,
            <Tag key={kind} {...(kind === 'split-view' && { tone: 'bad' })}>
              {say(evidenceNames[kind])}
            </Tag>,
            <Moment key={seenAt} at={seenAt} />,
          ],
        }))}
      />
      {kindsIn(evidence).map((kind) => (
        <Details key={kind} summary={say(evidenceNames[kind])}>
          <p>{say(evidenceWords[kind])}</p>
        </Details>
      ))}
    </>
  )
}

const kindsIn = (evidence: Witness['evidence']): EvidenceKind[] => [...new Set(evidence.map(({ kind }) => kind))]
