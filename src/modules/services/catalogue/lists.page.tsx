import { Page, Phrase, pageNames, usePage } from '#platform'
import type { Department, DepartmentData, ServiceNote, ShelfData } from './types.ts'
import { words } from './words.ts'

/** Services by their titles, with one sentence each. */
export function ServiceList({ services }: { services: readonly ServiceNote[] }) {
  const { say, href } = usePage()
  if (services.length === 0) return <p>{say(words.noneHere)}</p>
  return (
    <ul class="results">
      {services.map(({ id, title, summary, organisation }) => (
        <li key={id}>
          <a href={href(`/services/${id}`)}>{say(title)}</a>
          <span class="muted">{say(organisation.name)}</span>
          <p>{say(summary)}</p>
        </li>
      ))}
    </ul>
  )
}

/** The services for an audience or at a moment of life. */
export function ShelfPage({ name, about, services }: ShelfData) {
  const { say } = usePage()
  return (
    <Page title={say(name)} breadcrumbs={[{ text: say(pageNames.services), path: '/services' }]}>
      <h1>
        <Phrase text={say(name)} />
      </h1>
      {about && <p class="lead">{say(about)}</p>}
      <ServiceList services={services} />
    </Page>
  )
}

/** A list in a list, as deep as the tree is. */
function Tree({ departments }: { departments: readonly Department[] }) {
  const { say, href } = usePage()
  const tops = departments.flatMap(({ depth }, at) => (depth === departments[0]?.depth ? [at] : []))
  return (
    <ul>
      {tops.map((at, position) => {
        const { id, name, services } = departments[at]!
        const under = departments.slice(at + 1, tops[position + 1])
        return (
          <li key={id}>
            <a href={href(`/services/departments/${id}`)}>{say(name)}</a>{' '}
            {services > 0 && <span class="muted">{say(words.count, { count: services })}</span>}
            {under.length > 0 && <Tree departments={under} />}
          </li>
        )
      })}
    </ul>
  )
}

export function DepartmentsPage({ departments }: { departments: Department[] }) {
  const { say } = usePage()
  return (
    <Page title={say(words.departments)} breadcrumbs={[{ text: say(pageNames.services), path: '/services' }]}>
      <h1>
        <Phrase text={say(words.departments)} />
      </h1>
      <p class="lead">{say(words.departmentsLead)}</p>
      <Tree departments={departments} />
    </Page>
  )
}

export function DepartmentPage({ name, above, below, services }: DepartmentData) {
  const { say } = usePage()
  const way = [
    { text: say(pageNames.services), path: '/services' },
    { text: say(words.departments), path: '/services/departments' },
    ...above.map((each) => ({ text: say(each.name), path: `/services/departments/${each.id}` })),
  ]
  return (
    <Page title={say(name)} breadcrumbs={way}>
      <h1>
        <Phrase text={say(name)} />
      </h1>
      <ServiceList services={services} />
      {below.length > 0 && (
        <>
          <h2>{say(words.below)}</h2>
          <Tree departments={below} />
        </>
      )}
    </Page>
  )
}
