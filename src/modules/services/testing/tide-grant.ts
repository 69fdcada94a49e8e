import type { Form, openApplicant } from './applicant.ts'
import { pdfFile } from './bad-files.ts'

type Applicant = ReturnType<typeof openApplicant>

const contact = { contact_name: 'Ada Quay', email: 'ada@example.org', phone: '' }
/** What is typed on the pages of the grant that Testland offers, up to its list. */
const before: Record<'association' | 'school', Record<string, Form>> = {
  association: {
    kind: { kind: 'association' },
    name: { group_name: 'Quay Watchers', members: '12' },
    founded: { 'founded_on-day': '1', 'founded_on-month': '3', 'founded_on-year': '2020' },
    topics: { topics: ['warning', 'boats'] },
  },
  school: {
    kind: { kind: 'school' },
    name: { group_name: 'Pier School', members: '300' },
    school: { school_code: 'TS-1234' },
    'school-name': { school_name: 'High Tide School' },
    topics: { topics: ['shelter'] },
  },
}
const behind: Record<string, Form> = { more: { more: '' }, contact, insured: { insured: 'yes' } }

async function answer(each: Applicant, path: string, pages: Record<string, Form>) {
  for (const [id, form] of Object.entries(pages)) {
    const { statusCode, body } = await each.post(`${path}/pages/${id}`, form)
    if (statusCode !== 303) throw new Error(`${id}: ${statusCode} ${body}`)
  }
}

export async function addActivity(each: Applicant, path: string, title: string, cost: string): Promise<string> {
  const token = crypto.randomUUID()
  const list = `${path}/lists/activities`
  await each.post(list, { act: 'add', token })
  const day = { 'held_on-day': '1', 'held_on-month': '6', 'held_on-year': '2035' }
  await each.post(`${list}/${token}/what`, { activity_title: title, ...day })
  await each.post(`${list}/${token}/cost`, { cost })
  return token
}

/** Answers all pages of the grant. Returns the path of the application. */
export async function fillGrant(each: Applicant, kind: keyof typeof before = 'association'): Promise<string> {
  const path = await each.begin('tide-grant')
  await answer(each, path, before[kind])
  await addActivity(each, path, 'Drill', '1,200.50')
  await each.post(`${path}/lists/activities`, { act: 'continue', token: crypto.randomUUID() })
  const { statusCode, body } = await each.upload(`${path}/pages/plan`, 'plan_file', 'plan.pdf', pdfFile())
  if (statusCode !== 303) throw new Error(`plan: ${statusCode} ${body}`)
  await answer(each, path, { plan: {}, ...behind })
  return path
}

/** Sends an application with the answers that are shown; what it is answered. */
export async function sendChecked(each: Applicant, path: string) {
  const { digest } = await each.data(`${path}/check`)
  return each.post(`${path}/send`, { digest, agree: 'yes' })
}
