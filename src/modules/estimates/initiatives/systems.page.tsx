import { Page, Table, type Text, texts, usePage } from '#platform'
import type { ModuleNote, OwnerNote } from './describe.ts'
import { words } from './words.ts'

const own = texts({
  title: { en: 'The systems that the budget pays for', 'zh-Hant': '預算所支付的系統' },
  lead: {
    en: 'Each line of the Head leads to a system, and each system back to its line. Open one to see whether it runs and what it does now.',
    'zh-Hant': '總目的每一行都通往一個系統，每個系統也能返回那一行。打開任何一個，看它有否運行、此刻在做甚麼。',
  },
  system: { en: 'System', 'zh-Hant': '系統' },
  module: { en: 'Module', 'zh-Hant': '模組' },
  state: { en: 'In this installation', 'zh-Hant': '在本系統' },
  here: { en: 'Runs', 'zh-Hant': '運行中' },
  waits: { en: 'Not yet', 'zh-Hant': '尚未運行' },
  count: { en: 'Initiatives', 'zh-Hant': '計劃項目' },
})

type Systems = {
  systems: { id: string; name: Text; description: Text; modules: ModuleNote[]; owner: OwnerNote; initiatives: number }[]
}

export function SystemsPage({ systems }: Systems) {
  const { say, href } = usePage()
  return (
    <Page title={say(own.title)} wide breadcrumbs={[{ text: say(words.estimates), path: '/estimates' }]}>
      <h1>{say(own.title)}</h1>
      <p class="lead">{say(own.lead)}</p>
      <Table
        caption={say(words.systems)}
        captionHidden
        columns={[
          { label: say(own.system) },
          { label: say(own.module) },
          { label: say(own.state) },
          { label: say(own.count), numeric: true },
        ]}
        rows={systems.map(({ id, name, modules, initiatives }) => ({
          id,
          cells: [
            <a key="name" href={href(`/systems/${id}`)}>
              {say(name)}
            </a>,
            modules.map((module) => module.name).join(', '),
            say(modules.some(({ running }) => running) ? own.here : own.waits),
            initiatives,
          ],
        }))}
      />
    </Page>
  )
}
