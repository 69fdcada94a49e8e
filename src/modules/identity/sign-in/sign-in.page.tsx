import type { PackPerson } from '#pack'
import { Page, Phrase, texts, usePage } from '#platform'

const words = texts({
  title: { en: 'Sign in for a demonstration', 'zh-Hant': '登入示範系統' },
  lead: {
    en: 'These people are made up. Choose one, and you act as that person on this installation; nothing reaches a real department.',
    'zh-Hant': '以下人物均屬虛構。選擇其中一位，即以該人身份使用本系統；任何操作都不會送達真正的部門。',
  },
  enter: { en: 'Sign in as {name}', 'zh-Hant': '以{name}身份登入' },
})

export function SignInPage({ people, next }: { people: readonly PackPerson[]; next: string }) {
  const { say, href } = usePage()
  return (
    <Page title={say(words.title)}>
      <h1 class="heading-l">
        <Phrase text={say(words.title)} />
      </h1>
      <p class="lead">{say(words.lead)}</p>
      <ul class="people">
        {people.map((person) => (
          <li key={person.id}>
            <form method="post" action={href('/sign-in')}>
              <input type="hidden" name="next" value={next} />
              <p>{say(person.about)}</p>
              <button class="button" type="submit" name="person" value={person.id}>
                {say(words.enter, { name: say(person.name) })}
              </button>
            </form>
          </li>
        ))}
      </ul>
    </Page>
  )
}
