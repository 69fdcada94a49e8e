import { Button, ErrorSummary, Page, Phrase, SummaryList, texts, usePage } from '#platform'
import { Value } from './approvals.tsx'
import { capital, words as ofItem, Verdict } from './item.page.tsx'
import { words as ofList } from './registers.page.tsx'
import { ProposalFacts } from './steps.page.tsx'
import type { InvitationData } from './types.ts'

const words = texts({
  title: { en: 'Take over {item} {number}', 'zh-Hant': '承讓{item} {number}' },
  lead: {
    en: '{proposer} proposes: {step}. If you approve and nobody else is missing, you hold it from then on.',
    'zh-Hant': '{proposer}提出：{step}。你批准後，如無須再等候其他人，登記項即由你持有。',
  },
  leadOf: {
    en: '{proposer} proposes: {step}. If you approve and nobody else is missing, {organisation} holds it from then on.',
    'zh-Hant': '{proposer}提出：{step}。你批准後，如無須再等候其他人，登記項即由{organisation}持有。',
  },
  item: { en: 'What it is', 'zh-Hant': '登記項' },
  proposal: { en: 'What is proposed', 'zh-Hant': '所提事項' },
  approve: { en: 'Approve, and take it over', 'zh-Hant': '批准並承讓' },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  cannot: {
    en: 'Approving and refusing both stand in the log and cannot be taken back. To decide later, leave this page: the code stays good.',
    'zh-Hant': '批准或拒絕均會載於日誌，不能撤回。如欲稍後決定，離開本頁即可，代碼仍然有效。',
  },
})

/** What a code leads to, before anything is taken over. */
export function InvitationPage(data: InvitationData) {
  const { say, href } = usePage()
  const { register, number, standing, fields, proposal, party, proposer, organisation, code, tokens, mistakes } = data
  const title = say(words.title, { item: register.item, number })
  const answers = [
    { answer: 'approved', token: tokens.approve, text: words.approve, kind: undefined },
    { answer: 'refused', token: tokens.refuse, text: words.refuse, kind: 'second' },
  ] as const
  return (
    <Page
      title={title}
      error={mistakes.length > 0}
      breadcrumbs={[{ text: say(ofList.title), path: '/ledger/registers' }]}
    >
      <ErrorSummary errors={mistakes.map(({ text }) => ({ field: 'approved', text: say(text) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p class="lead">
        {organisation
          ? say(words.leadOf, { proposer, step: proposal.step, organisation })
          : say(words.lead, { proposer, step: proposal.step })}
      </p>
      <h2>{say(words.item)}</h2>
      <Verdict standing={standing} />
      <SummaryList
        rows={[
          { key: say(ofItem.register), value: <a href={href(register.path)}>{say(register.title)}</a> },
          { key: say(ofList.keeper), value: say(register.keeper) },
          { key: capital(say(register.item)), value: <a href={href(`${register.path}/items/${number}`)}>{number}</a> },
          ...fields.map((field) => ({ key: say(field.title), value: <Value field={field} /> })),
        ]}
      />
      <h2>{say(words.proposal)}</h2>
      <ProposalFacts proposal={proposal} />
      <p>{say(words.cannot)}</p>
      {answers.map(({ answer, token, text, kind }) => (
        <form key={answer} method="post" action={href(proposal.path)}>
          <input type="hidden" name="token" value={token} />
          <input type="hidden" name="party" value={party.id} />
          <input type="hidden" name="code" value={code} />
          <input type="hidden" name="answer" value={answer} />
          <Button id={answer} {...(kind && { kind })}>
            {say(text)}
          </Button>
        </form>
      ))}
    </Page>
  )
}
