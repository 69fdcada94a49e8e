import { Page, Phrase, Table, type Text, texts, usePage } from '#platform'
import type { Role } from '../roles.ts'

const words = texts({
  title: { en: 'Roles and what they may do', 'zh-Hant': '職務與權限' },
  lead: {
    en: 'Every permission of this installation and the roles that hold it. Nobody can do more than stands here, and every request is judged by this table.',
    'zh-Hant': '本系統的所有權限，以及擁有各項權限的職務。任何人的權限均以此表為限，每項要求都據此核對。',
  },
  permission: { en: 'Permission', 'zh-Hant': '權限' },
  may: { en: 'may', 'zh-Hant': '可' },
  mayNot: { en: 'may not', 'zh-Hant': '不可' },
  inGovernment: { en: 'In an organisation of the government', 'zh-Hant': '政府機構的職務' },
  inCompany: { en: 'In a company or association', 'zh-Hant': '公司或社團的職務' },
  about: { en: 'The roles', 'zh-Hant': '各項職務' },
  role: { en: 'Role', 'zh-Hant': '職務' },
  where: { en: 'Where it can be held', 'zh-Hant': '適用機構' },
  how: { en: 'What it needs', 'zh-Hant': '委派條件' },
})

const places: Readonly<Record<Role['place'], Text>> = texts({
  government: { en: 'an organisation of the government', 'zh-Hant': '政府機構' },
  company: { en: 'a company or association', 'zh-Hant': '公司或社團' },
  nobody: { en: 'in no organisation', 'zh-Hant': '不屬任何機構' },
})

const approvals: Readonly<Record<Role['approval'], Text>> = texts({
  none: { en: 'one administrator', 'zh-Hant': '一名管理員委派' },
  administrator: { en: 'a second administrator’s approval', 'zh-Hant': '須第二名管理員批准' },
  grantee: { en: 'an owner, and that the person accepts', 'zh-Hant': '由東主委派，並須對方接受' },
})

type Matrix = {
  permissions: { id: string; name: Text }[]
  roles: { id: string; name: Text; place: Role['place']; approval: Role['approval']; permissions: string[] }[]
}

export function RolesPage({ permissions, roles }: Matrix) {
  const { say } = usePage()
  const government = roles.filter(({ place }) => place === 'government')
  const company = roles.filter(({ place }) => place === 'company')
  const held = permissions.filter(({ id }) => company.some((role) => role.permissions.includes(id)))
  return (
    <Page title={say(words.title)} wide>
      <h1>
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <h2>{say(words.inGovernment)}</h2>
      <MatrixOf permissions={permissions} roles={government} caption={say(words.inGovernment)} />
      <h2>{say(words.inCompany)}</h2>
      <MatrixOf permissions={held} roles={company} caption={say(words.inCompany)} />
      <h2>{say(words.about)}</h2>
      <Table
        caption={say(words.about)}
        captionHidden
        narrow="stack"
        columns={[{ label: say(words.role) }, { label: say(words.where) }, { label: say(words.how) }]}
        rows={roles.map(({ name, place, approval }) => ({
          cells: [say(name), say(places[place]), place === 'nobody' ? '–' : say(approvals[approval])],
        }))}
      />
    </Page>
  )
}

/** Roles of one kind of organisation alone: all of them side by side are wider than a screen. */
function MatrixOf({ permissions, roles, caption }: Matrix & { caption: string }) {
  const { say } = usePage()
  return (
    <Table
      caption={caption}
      captionHidden
      dense
      columns={[{ label: say(words.permission) }, ...roles.map(({ name }) => ({ label: say(name) }))]}
      rows={permissions.map(({ id, name }) => ({
        cells: [
          say(name),
          ...roles.map((role) => <Cell key={role.id} may={role.permissions.includes(id)} say={say} />),
        ],
      }))}
    />
  )
}

/** A word where one may; a dash that is read as a word where not, so that what counts stands out. */
function Cell({ may, say }: { may: boolean; say: (text: Text) => string }) {
  if (may) return <strong>{say(words.may)}</strong>
  return (
    <>
      <span aria-hidden="true">–</span>
      <span class="visually-hidden">{say(words.mayNot)}</span>
    </>
  )
}
