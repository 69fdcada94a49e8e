import { Button, ErrorSummary, Page, Phrase, TextArea, texts, usePage, Warning } from '#platform'
import { words as ofList } from './registers.page.tsx'
import { ProposalFacts } from './steps.page.tsx'
import type { AnswerData } from './types.ts'
import { reasonMax } from './values.rules.ts'

const words = texts({
  approved: { en: 'Approve: {step}', 'zh-Hant': '批准：{step}' },
  refused: { en: 'Refuse: {step}', 'zh-Hant': '拒絕：{step}' },
  withdrawn: { en: 'Withdraw: {step}', 'zh-Hant': '撤回：{step}' },
  as: { en: 'You act as: {party}.', 'zh-Hant': '你以「{party}」身份行事。' },
  approvedLead: {
    en: 'Your approval stands in the log and cannot be taken back. When nobody is missing any more, the step takes effect.',
    'zh-Hant': '你的批准會載於日誌，不能撤回。各方全部批准後，步驟即告生效。',
  },
  refusedLead: {
    en: 'The proposal then waits no more, whoever has approved it. Whoever still wants it proposes it again.',
    'zh-Hant': '無論誰已批准，提議即告結束。如仍需要，須重新提出。',
  },
  harm: {
    en: 'This step is to the disadvantage of whoever holds the item.',
    'zh-Hant': '這個步驟不利於持有人。',
  },
  reason: { en: 'Reason (if you want to give one)', 'zh-Hant': '原因（如有）' },
  reasonHint: { en: 'The parties read it, and not the public.', 'zh-Hant': '登記各方可閱，不公開。' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  refuse: { en: 'Refuse', 'zh-Hant': '拒絕' },
  withdraw: { en: 'Withdraw', 'zh-Hant': '撤回' },
  back: { en: 'Go back without an answer', 'zh-Hant': '暫不答覆，返回' },
})

/** Asks before an answer that cannot be taken back. */
export function AnswerPage(data: AnswerData) {
  const { say, href } = usePage()
  const { register, number, proposal, answer, party, reason, token, mistakes } = data
  const isApproval = answer === 'approved'
  const title = say(words[isApproval ? 'approved' : proposal.mine ? 'withdrawn' : 'refused'], { step: proposal.step })
  const back = `${register.path}/items/${number}/steps`
  return (
    <Page
      title={title}
      error={mistakes.length > 0}
      breadcrumbs={[
        { text: say(ofList.title), path: '/ledger/registers' },
        { text: say(register.title), path: register.path },
        { text: number, path: back },
      ]}
    >
      <ErrorSummary errors={mistakes.map(({ field, text }) => ({ field, text: say(text) }))} />
      <h1>
        <Phrase text={title} />
      </h1>
      <p>{say(words.as, { party: party.title })}</p>
      <p>{say(isApproval ? words.approvedLead : words.refusedLead)}</p>
      {isApproval && proposal.harm && <Warning>{say(words.harm)}</Warning>}
      <ProposalFacts proposal={proposal} />
      <form method="post" action={href(proposal.path)}>
        <input type="hidden" name="token" value={token} />
        <input type="hidden" name="party" value={party.id} />
        <input type="hidden" name="answer" value={answer} />
        {!isApproval && (
          <TextArea
            name="reason"
            label={say(words.reason)}
            hint={say(words.reasonHint)}
            value={reason}
            maxLength={reasonMax}
            autocomplete="off"
          />
        )}
        <Button id="send" {...((!isApproval || proposal.harm) && { kind: 'harm' as const })}>
          {say(isApproval ? words.approve : proposal.mine ? words.withdraw : words.refuse)}
        </Button>
      </form>
      <p class="after-form">
        <a href={href(back)}>{say(words.back)}</a>
      </p>
    </Page>
  )
}
