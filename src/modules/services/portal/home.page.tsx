import { Page, type Reading, usePage } from '#platform'

export function HomePage({ figures }: { figures: Reading[] }) {
  const { say, government } = usePage()
  return (
    <Page title={say(government.site)}>
      <h1>{say(government.site)}</h1>
      <p>{figures.length}</p>
    </Page>
  )
}
