import { type Static, Type } from 'typebox'
import { Button, Moment, Page, Phrase, Tag, Text, texts, usePage } from '#platform'
import { accountCrumbs } from '../account/sections.ts'
import { joined } from '../consents/asked.rules.ts'
import { Done } from '../done.tsx'
import { mandateNames } from '../mandates/kinds.ts'
import { reasonOf } from '../organisations/declared.page.tsx'
import { nameOfRole } from '../roles.ts'
import { withNext } from '../sign-in/next.ts'
import { lastDayOf } from './limits.rules.ts'

export const words = texts({
  title: { en: 'In whose name you act', 'zh-Hant': '以誰的名義行事' },
  lead: {
    en: 'What you do is recorded with your name and the name in which you did it. Signing, your keys and your consents are always your own.',
    'zh-Hant': '你的操作會連同你本人及所代表者一併記錄。簽署、密鑰和同意只可由本人處理。',
  },
  where: {
    en: 'Services of this site know in whose name you act. A service elsewhere that you sign in to with this account, and its forms, know you alone; before that you are asked whether to go on as yourself.',
    'zh-Hant':
      '本網站的服務會知道你以誰的名義行事。你以此帳戶登入的其他網站服務及其表格，只會得知你本人的身份；繼續前會先詢問你是否以本人身份進行。',
  },
  now: { en: 'You act like this now', 'zh-Hant': '現時身份' },
  asNow: { en: 'now', 'zh-Hant': '現時' },
  myself: { en: 'Yourself', 'zh-Hant': '本人' },
  choose: { en: 'Act in this name', 'zh-Hant': '改用此身份' },
  waits: { en: 'not verified yet', 'zh-Hant': '尚未核實' },
  waitsLine: {
    en: 'An officer compares its number and its name with the register. Until then you can already give roles to others, but services do not deal with you in its name.',
    'zh-Hant': '人員會把其號碼和名稱與登記冊核對。核對完成前，你可先委派職務，但未能以其名義使用服務。',
  },
  refused: { en: 'does not agree with the register', 'zh-Hant': '與登記冊不符' },
  correct: { en: 'Correct or withdraw it', 'zh-Hant': '更正或撤回' },
  waitsNext: {
    en: 'There is nothing more for you to do: once it is verified, this line goes, and you can act for it everywhere.',
    'zh-Hant': '你無須再辦理任何手續；核實後，此提示會消失，你便可以其名義使用各項服務。',
  },
  people: { en: 'Its people and roles', 'zh-Hant': '人員與職務' },
  register: { en: 'Register a company or association', 'zh-Hant': '登記公司或社團' },
  code: { en: 'Your code', 'zh-Hant': '你的代碼' },
  codeLead: {
    en: 'Who gives you a role or a mandate needs a code from you. Tell it to nobody else: it shows them your name.',
    'zh-Hant': '委派職務或授權予你的人需要你的代碼。對方會因此看到你的姓名，切勿告知其他人。',
  },
  codeLevel: {
    en: 'With it you can be given a role. To act for another person you must first prove who you are, to level 2: no mandate takes your code before.',
    'zh-Hant': '你可憑代碼獲委派職務。如要代他人行事，須先完成第 2 級身份核實；在此之前，代碼不能用於授權。',
  },
  codeLevelGo: { en: 'Prove who you are', 'zh-Hant': '核實身份' },
  codeUntil: { en: 'Good once, until', 'zh-Hant': '只可使用一次，有效至' },
  codeMake: { en: 'Make a code', 'zh-Hant': '取得代碼' },
  codeAgain: { en: 'Make another code', 'zh-Hant': '另取代碼' },
  offers: { en: 'Waiting for you', 'zh-Hant': '待你接受' },
  offer: { en: '{role} of {organisation}', 'zh-Hant': '{organisation}的{role}' },
  accept: { en: 'Accept', 'zh-Hant': '接受' },
  mandates: { en: 'Mandates', 'zh-Hant': '授權' },
  noMandates: {
    en: 'None. A mandate lets one person act for another, with limits and an end.',
    'zh-Hant': '暫時沒有。授權讓一人代另一人行事，設有範圍和期限。',
  },
  give: { en: 'Give a mandate', 'zh-Hant': '授權他人' },
  youFor: { en: '{kind}: you for {name}', 'zh-Hant': '{kind}：你代{name}行事' },
  theyFor: { en: '{kind}: {name} for you', 'zh-Hant': '{kind}：{name}代你行事' },
  only: { en: 'only {services}', 'zh-Hant': '只限{services}' },
  all: { en: 'all services but high-risk ones', 'zh-Hant': '高風險以外的所有服務' },
  until: { en: 'until', 'zh-Hant': '有效至' },
  ending: { en: 'ends soon', 'zh-Hant': '即將到期' },
  offered: { en: 'not accepted yet', 'zh-Hant': '待接受' },
  later: { en: 'begins later', 'zh-Hant': '尚未開始' },
  counts: { en: 'counts', 'zh-Hant': '有效' },
  endedTitle: { en: 'Mandates that ended', 'zh-Hant': '已終止的授權' },
  endedOn: { en: 'Ended', 'zh-Hant': '終止時間：' },
  endedBy: { en: 'by {name}', 'zh-Hant': '由{name}終止' },
  endedByYou: { en: 'by you', 'zh-Hant': '由你終止' },
  endedByTime: { en: 'its last day is over', 'zh-Hant': '期限已過' },
  neverAccepted: { en: 'it was never accepted', 'zh-Hant': '對方從未接受' },
  withdraw: { en: 'End it now', 'zh-Hant': '立即終止' },
  decline: { en: 'Decline', 'zh-Hant': '拒絕' },
  trail: { en: 'What others did in your name', 'zh-Hant': '他人以你名義所作的操作' },
  noTrail: {
    en: 'Nothing. Everything that somebody does in your name will be listed, newest first.',
    'zh-Hant': '暫時沒有。他人以你名義所作的每項操作都會列出，新的在前。',
  },
  other: { en: '{name}, in your name: “{sentence}”', 'zh-Hant': '{name}以你的名義：「{sentence}」' },
  somebody: { en: 'Somebody', 'zh-Hant': '某人' },
})

/** What another did in one’s name, as whoever it was done for reads it; the rest is quoted as its doer reads it. */
const byOthers: Readonly<Record<string, Text>> = texts({
  'identity.acting-began': { en: '{name} began to act in your name', 'zh-Hant': '{name}開始以你的名義行事' },
  'identity.acting-changed': { en: '{name} stopped acting in your name', 'zh-Hant': '{name}停止以你的名義行事' },
  'identity.signed-out': { en: '{name}, acting in your name, signed out', 'zh-Hant': '{name}（以你的名義行事）登出了' },
})

const Nullable = <Shape extends Parameters<typeof Type.Union>[0][number]>(shape: Shape) =>
  Type.Union([shape, Type.Null()])
const Named = Type.Object({ id: Type.String(), name: Text })

export type ActingData = Static<typeof ActingData>
export const ActingData = Type.Object({
  me: Type.String(),
  now: Type.Object({ organisation: Nullable(Type.String()), onBehalfOf: Nullable(Type.String()) }),
  administers: Type.Boolean(),
  organisations: Type.Array(
    Type.Object({
      ...Named.properties,
      /** For a company: whether an officer compared it with the register, and why they found that it does not agree. */
      verified: Type.Boolean(),
      refused: Nullable(Type.String()),
      /** Whether it is this person’s to correct or withdraw. */
      own: Type.Boolean(),
    }),
  ),
  mandates: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      services: Nullable(Type.Array(Type.String())),
      serviceNames: Nullable(Type.Array(Text)),
      principal: Named,
      agent: Named,
      state: Type.Enum(['offered', 'later', 'counts']),
      ending: Type.Boolean(),
      beginsAt: Type.String(),
      expiresAt: Type.String(),
    }),
  ),
  /** The last that ended, when and by whom; null where their time was over. */
  ended: Type.Array(
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      principal: Named,
      agent: Named,
      accepted: Type.Boolean(),
      endedAt: Type.String(),
      endedBy: Nullable(Named),
    }),
  ),
  offers: Type.Array(Type.Object({ id: Type.Integer(), organisation: Named, role: Type.String() })),
  /** Whether a mandate can be given to this person: they have proven who they are. */
  mayBeAgent: Type.Boolean(),
  code: Nullable(Type.Object({ code: Type.String(), expiresAt: Type.String() })),
  acts: Type.Array(
    Type.Object({
      id: Type.Integer(),
      at: Type.String(),
      event: Type.String(),
      sentence: Text,
      subject: Type.String(),
      agent: Nullable(Text),
    }),
  ),
})

type Mandate = ActingData['mandates'][number]

export function ActingPage(data: ActingData) {
  const { say, href } = usePage()
  const { me, now } = data
  const held = data.mandates.filter(({ agent, state }) => agent.id === me && state === 'counts')
  return (
    <Page title={say(words.title)} breadcrumbs={accountCrumbs(say)}>
      <Done
        of={[
          'acting-changed',
          'acting-code-made',
          'ownership-accepted',
          'organisation-declared',
          'organisation-corrected',
          'organisation-withdrawn',
          'mandate-granted',
          'mandate-accepted',
          'mandate-withdrawn',
          'role-withdrawn',
        ]}
      />
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ul class="sections">
        <Choice as="myself" name={say(words.myself)} chosen={!now.organisation && !now.onBehalfOf} />
        {data.organisations.map(({ id, name, verified, refused, own }) => (
          <Choice
            key={id}
            as={`organisation/${id}`}
            name={say(name)}
            chosen={now.organisation === id && !now.onBehalfOf}
          >
            {!verified && <Waits refused={refused} />}
            {own && <a href={href(`/account/organisations/${id}`)}>{say(words.correct)}</a>}{' '}
            {now.organisation === id && data.administers && (
              <a href={href(`/office/organisations/${id}/people`)}>{say(words.people)}</a>
            )}
          </Choice>
        ))}
        {held.map(({ id, principal }) => (
          <Choice key={id} as={`mandate/${id}`} name={say(principal.name)} chosen={now.onBehalfOf === principal.id} />
        ))}
      </ul>
      {held.length > 0 && <p>{say(words.where)}</p>}
      <p>
        <a href={href('/account/organisations')}>{say(words.register)}</a>
      </p>
      <Offers data={data} />
      <Code data={data} />
      <h2>{say(words.mandates)}</h2>
      {data.mandates.length === 0 && <p>{say(words.noMandates)}</p>}
      <ul class="sections">
        {data.mandates.map((mandate) => (
          <MandateLine key={mandate.id} mandate={mandate} me={me} />
        ))}
      </ul>
      <p>
        <a href={href('/account/mandates')}>{say(words.give)}</a>
      </p>
      <Ended data={data} />
      <Trail acts={data.acts} />
    </Page>
  )
}

/** A company that its owner registered, and no officer has seen, or has found not to agree. */
function Waits({ refused }: { refused: string | null }) {
  const { say } = usePage()
  if (refused)
    return (
      <>
        <Tag tone="warn">{say(words.refused)}</Tag>
        <p>{say(reasonOf(refused))}</p>
      </>
    )
  return (
    <>
      <Tag tone="warn">{say(words.waits)}</Tag>
      <p>
        {say(words.waitsLine)} {say(words.waitsNext)}
      </p>
    </>
  )
}

type ChoiceProps = { as: string; name: string; chosen: boolean; children?: unknown }

function Choice({ as, name, chosen, children }: ChoiceProps) {
  const { say, href } = usePage()
  return (
    <li>
      <strong>{name}</strong> {chosen && <Tag>{say(words.asNow)}</Tag>} {children as never}
      {!chosen && (
        <form method="post" action={href('/account/acting')}>
          <input type="hidden" name="as" value={as} />
          <Button kind="link">
            {say(words.choose)}
            <span class="visually-hidden"> {name}</span>
          </Button>
        </form>
      )}
    </li>
  )
}

function Offers({ data: { offers } }: { data: ActingData }) {
  const { say, href } = usePage()
  if (offers.length === 0) return null
  return (
    <>
      <h2>{say(words.offers)}</h2>
      {offers.map(({ id, organisation, role }) => {
        const what = say(words.offer, { role: nameOfRole(role), organisation: organisation.name })
        return (
          <form key={id} method="post" action={href('/account/acting/accept')}>
            <p>{what}</p>
            <input type="hidden" name="organisation" value={organisation.id} />
            <input type="hidden" name="grant" value={id} />
            <Button kind="second">
              {say(words.accept)}
              <span class="visually-hidden"> {what}</span>
            </Button>
          </form>
        )
      })}
    </>
  )
}

function Code({ data: { code, mayBeAgent } }: { data: ActingData }) {
  const { say, href } = usePage()
  return (
    <>
      <h2>{say(words.code)}</h2>
      <p>{say(words.codeLead)}</p>
      {!mayBeAgent && (
        <p>
          {say(words.codeLevel)}{' '}
          <a href={href(withNext('/account/level', '/account/acting'))}>{say(words.codeLevelGo)}</a>
        </p>
      )}
      {code && (
        <>
          <p class="counter-code">{code.code}</p>
          <p>
            {say(words.codeUntil)} <Moment at={code.expiresAt} />
          </p>
        </>
      )}
      <form method="post" action={href('/account/acting/code')}>
        <Button kind="second">{say(code ? words.codeAgain : words.codeMake)}</Button>
      </form>
    </>
  )
}

/** A mandate in a few words, for one of its two people. */
function whatOf({ kind, principal, agent }: Pick<Mandate, 'kind' | 'principal' | 'agent'>, me: string) {
  const own = agent.id === me
  const values = { kind: mandateNames[kind] ?? { en: kind, 'zh-Hant': kind }, name: (own ? principal : agent).name }
  return [own ? words.youFor : words.theyFor, values] as const
}

function Ended({ data: { ended, me } }: { data: ActingData }) {
  const { say } = usePage()
  if (ended.length === 0) return null
  return (
    <>
      <h2>{say(words.endedTitle)}</h2>
      <ul class="sections">
        {ended.map((mandate) => {
          const { id, endedAt, endedBy, accepted } = mandate
          const by = endedBy === null ? words.endedByTime : endedBy.id === me ? words.endedByYou : words.endedBy
          return (
            <li key={id}>
              <strong>{say(...whatOf(mandate, me))}</strong>{' '}
              <span>
                {say(words.endedOn)} <Moment at={endedAt} /> · {say(by, { name: endedBy?.name ?? '' })}
                {!accepted && <> · {say(words.neverAccepted)}</>}
              </span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

function MandateLine({ mandate, me }: { mandate: Mandate; me: string }) {
  const { say, href, government } = usePage()
  const { id, agent, state, serviceNames, ending, expiresAt } = mandate
  const own = agent.id === me
  const what = say(...whatOf(mandate, me))
  const act = (verb: 'accept' | 'withdraw') => (
    <form method="post" action={href(`/account/mandates/${id}/${verb}`)}>
      <Button kind={verb === 'accept' ? 'second' : 'link'}>
        {say(words[verb === 'withdraw' && own && state === 'offered' ? 'decline' : verb])}
        <span class="visually-hidden"> {what}</span>
      </Button>
    </form>
  )
  return (
    <li>
      <strong>{what}</strong> <Tag>{say(words[state])}</Tag>{' '}
      {ending && state === 'counts' && <Tag>{say(words.ending)}</Tag>}
      <span>
        {serviceNames ? say(words.only, { services: joined(serviceNames) }) : say(words.all)} · {say(words.until)}{' '}
        <Moment at={lastDayOf(expiresAt, government.timeZone)} />
      </span>
      {own && state === 'offered' && act('accept')}
      {act('withdraw')}
    </li>
  )
}

function Trail({ acts }: { acts: ActingData['acts'] }) {
  const { say } = usePage()
  return (
    <>
      <h2>{say(words.trail)}</h2>
      {acts.length === 0 ? (
        <p>{say(words.noTrail)}</p>
      ) : (
        <ul class="ledger">
          {acts.map((act) => (
            <li key={act.id}>
              <Moment at={act.at} />{' '}
              {say(byOthers[act.event] ?? words.other, {
                name: act.agent ?? words.somebody,
                sentence: act.sentence,
              })}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}
