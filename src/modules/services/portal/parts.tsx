import type { ComponentChildren } from 'preact'
import { Phrase, usePage } from '#platform'
import { words } from './words.ts'

/** One sentence of what this is, and the search under it. */
export const Opening = (props: { sentence: string; level?: 1 | 3; children: ComponentChildren }) => {
  const Heading = `h${props.level ?? 1}` as const
  return (
    <div class="opening">
      <Heading class="heading-xl">
        <Phrase text={props.sentence} />
      </Heading>
      {props.children}
    </div>
  )
}

// What is there already comes first.
const doors = [
  { title: words.money, line: words.moneyLine, path: '/estimates' },
  { title: words.account, line: words.accountLine, path: '/account' },
  { title: words.services, line: words.servicesLine, path: '/services' },
]

/** The ways in: large links with one line each. */
export function Doors() {
  const { say, href } = usePage()
  return (
    <ul class="doors">
      {doors.map(({ title, line, path }) => (
        <li key={path}>
          <a class="door" href={href(path)}>
            <strong>{say(title)}</strong> <span>{say(line)}</span>
          </a>
        </li>
      ))}
    </ul>
  )
}

type IndexGroup = { title: string; links: readonly { text: string; path: string }[] }

/** Life events, audiences, systems: many links, quietly. */
export function QuietIndex({ groups }: { groups: readonly IndexGroup[] }) {
  const { href } = usePage()
  return (
    <div class="index">
      {groups.map(({ title, links }) => (
        <section key={title}>
          <h2>{title}</h2>
          <ul>
            {links.map(({ text, path }) => (
              <li key={path}>
                <a href={href(path)}>{text}</a>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
