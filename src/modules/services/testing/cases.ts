// Applications that were sent, as the part that takes them would leave them; for tests of what happens then.
import { randomUUID } from 'node:crypto'
import type { Installation, Language, Sql } from '#platform'
import { sealAnswers, sealDraft } from '../applying/applications.ts'
import { emptyDraft } from '../applying/draft.ts'
import { beginCase, newReference } from '../cases/begin.ts'
import type { Answers } from '../types.ts'
import { openCatalogue } from '../versions/versions.ts'
import { insertSent } from './cases.sql.ts'

export const tideAnswers: Answers = {
  kind: 'association',
  group_name: 'Friends of the Ebb',
  members: 12,
  founded_on: '2019-05-01',
  topics: ['warning', 'boats'],
  activities: [
    { activity_title: 'Where to go', held_on: '2027-03-01', cost: 800_000 },
    { activity_title: 'Rowing', held_on: '2027-04-01', cost: 400_000 },
  ],
  plan_file: [{ id: '00000000-0000-4000-8000-000000000001', name: 'plan.pdf', type: 'application/pdf', octets: 1000 }],
  contact_name: 'Ada Quay',
  email: 'ada@tide.example',
  insured: true,
}

type Sending = {
  answers?: Answers
  person?: string | null
  organisation?: string | null
  language?: Language
  sentAt?: Date
  service?: string
}

/** Sends an application and begins its case, in one transaction. Returns the reference. */
export async function sendApplication(
  { sql, installation }: { sql: Sql & Installation['sql']; installation: Installation },
  {
    answers = tideAnswers,
    person = 'ada-quay',
    organisation = null,
    language = 'en',
    sentAt = installation.now(),
    service = 'tide-grant',
  }: Sending = {},
): Promise<string> {
  const { hash, compiled } = await openCatalogue(installation).get(service)
  const reference = newReference(compiled.service.apply!.case.prefix)
  const application = randomUUID()
  await sql.begin(async (transaction) => {
    await insertSent(transaction, {
      ...{ application, reference, service, hash, person, organisation, language, sentAt },
      sealedTyped: sealDraft(installation, application, emptyDraft()),
      sealedAnswers: sealAnswers(installation, application, answers),
    })
    await beginCase(transaction, installation, {
      ...{ application, reference, version: hash, compiled, answers, person, organisation, language, sentAt },
      sources: { contact_name: 'account' },
    })
  })
  return reference
}
