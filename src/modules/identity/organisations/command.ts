import { type Command, recordAct, texts } from '#platform'
import { findByCode, takeCode } from '../acting/acting.sql.ts'
import { sendAlert } from '../inbox/messages.ts'
import { findPerson } from '../people/people.sql.ts'
import { findRole } from '../roles.ts'
import { insertGrant } from './grants.sql.ts'
import { findOrganisation } from './organisations.sql.ts'

const words = texts({
  summary: {
    en: 'Grants a role in an organisation, so that it has its first administrators.',
    'zh-Hant': '在機構委派職務，讓機構有首批管理員。',
  },
  organisation: { en: 'Identifier of the organisation', 'zh-Hant': '機構代號' },
  person: {
    en: 'Identifier of the person, or the code that they made under “In whose name you act”',
    'zh-Hant': '人員代號，或對方在「以誰的名義行事」取得的代碼',
  },
  role: { en: 'The role: /office/roles lists them', 'zh-Hant': '職務，見 /office/roles' },
  noOrganisation: { en: 'There is no organisation {id}.', 'zh-Hant': '沒有機構 {id}。' },
  noPerson: {
    en: 'There is no person {id}, and no code like this is good now.',
    'zh-Hant': '沒有人員 {id}，亦沒有這個有效的代碼。',
  },
  noRole: {
    en: 'An organisation like this has no role {id}. See /office/roles.',
    'zh-Hant': '這類機構沒有職務 {id}，見 /office/roles。',
  },
  held: {
    en: 'They hold this role already. Nothing was changed.',
    'zh-Hant': '該人員已有這項職務，沒有作出任何改動。',
  },
  done: {
    en: '{person} is {role} of {organisation} from now on.',
    'zh-Hant': '{person}由現在起擔任{organisation}的 {role}。',
  },
})

/** The operator’s own way in, beside four eyes: who runs the installation could write the table as well. */
export const grantCommand: Command = {
  name: 'identity grant',
  summary: words.summary,
  arguments: [
    { name: 'ORGANISATION', about: words.organisation },
    { name: 'PERSON', about: words.person },
    { name: 'ROLE', about: words.role },
  ],
  run: ({ arguments: [organisation = '', person = '', role = ''], withInstallation, say, print, warn }) =>
    withInstallation(async (installation) => {
      const found = await findOrganisation(installation, organisation)
      const known = await findPerson(installation.sql, person)
      const somebody = known ?? (await findByCode(installation.sql, installation, person))
      const wrong = !found
        ? say(words.noOrganisation, { id: organisation })
        : !somebody
          ? say(words.noPerson, { id: person })
          : findRole(role)?.place !== found.place
            ? say(words.noRole, { id: role })
            : undefined
      if (wrong) {
        warn(wrong)
        return 1
      }
      const made = await installation.sql.begin(async (sql) => {
        const { id: personId } = somebody!
        if (!known) await takeCode(sql, installation, person)
        const grant = { personId, organisation, role, grantedBy: 'system', approvedBy: 'operator' }
        const id = await insertGrant(sql, grant)
        if (id === undefined) return undefined
        const subject = `office/organisations/${organisation}/people`
        await recordAct(sql, 'system', {
          event: 'identity.role-granted',
          subject,
          detail: { grant: id, role, person: personId },
        })
        await sendAlert(sql, { personId, kind: 'role-granted' })
        return id
      })
      print(
        made === undefined
          ? say(words.held)
          : say(words.done, { person: known ? person : somebody!.name, role, organisation: found!.name }),
      )
      return 0
    }),
}
