import {
  Button,
  Details,
  FileField,
  Moment,
  Select,
  say as sayIn,
  Table,
  Tag,
  TextArea,
  TextField,
  texts,
  usePage,
  Warning,
} from '#platform'
import { moneyText } from '../applying/answers.rules.ts'
import { Rows } from '../cases/parts.tsx'
import { Control } from '../cases/step.page.tsx'
import { grantPath, officeGrantPath } from './read.ts'
import type { GrantData } from './types.ts'
import { words } from './words.ts'

const own = texts({
  instalments: { en: 'Instalments', 'zh-Hant': '分期' },
  condition: { en: 'When', 'zh-Hant': '條件' },
  acceptance: { en: 'When the grant is accepted', 'zh-Hant': '接受資助後' },
  interimOn: { en: 'When the interim report is accepted', 'zh-Hant': '中期報告獲接納後' },
  finalOn: {
    en: 'When the final report is accepted, up to what was spent',
    'zh-Hant': '最終報告獲接納後，以實際支出為限',
  },
  waiting: { en: 'Waits', 'zh-Hant': '未到期' },
  met: { en: 'Condition met', 'zh-Hant': '條件已符合' },
  proposed: { en: 'Waits for another officer', 'zh-Hant': '待另一名人員確認' },
  lapsed: { en: 'Lapsed', 'zh-Hant': '已失效' },
  propose: { en: 'Propose {title}', 'zh-Hant': '建議支付{title}' },
  confirm: { en: 'Confirm {title}', 'zh-Hant': '確認支付{title}' },
  claims: { en: 'Claims', 'zh-Hant': '申領' },
  noClaims: { en: 'Nothing has been claimed yet.', 'zh-Hant': '尚未申領。' },
  claimOf: { en: '{amount} of line {line}', 'zh-Hant': '項目 {line}：{amount}' },
  sent: { en: 'Being checked', 'zh-Hant': '核對中' },
  accepted: { en: 'Accepted', 'zh-Hant': '已接納' },
  refused: { en: 'Refused', 'zh-Hant': '不接納' },
  noReceipt: { en: 'Its receipt is missing.', 'zh-Hant': '欠單據。' },
  held: { en: 'The file is held until it was checked.', 'zh-Hant': '檔案待檢查放行。' },
  receipt: { en: 'Receipt, as a PDF or a picture', 'zh-Hant': '單據（PDF 或圖片）' },
  sendReceipt: { en: 'Send the receipt', 'zh-Hant': '提交單據' },
  newClaim: { en: 'Claim what was spent', 'zh-Hant': '申領開支' },
  line: { en: 'Line of the budget', 'zh-Hant': '預算項目' },
  choose: { en: 'Choose', 'zh-Hant': '請選擇' },
  send: { en: 'Send the claim', 'zh-Hant': '提交申領' },
  note: { en: 'If you refuse it: what is wrong with it', 'zh-Hant': '不接納的原因' },
  noteOfSame: {
    en: 'Why you accept it nevertheless, or what is wrong with it',
    'zh-Hant': '仍予接納的理由，或不接納的原因',
  },
  number: { en: 'Receipt {number}', 'zh-Hant': '單據編號 {number}' },
  sameFile: {
    en: 'The same file is the receipt of another claim of this recipient:',
    'zh-Hant': '同一檔案亦為該受資助者另一項申領的單據：',
  },
  sameNumber: {
    en: 'Another claim of this recipient has the same receipt number:',
    'zh-Hant': '該受資助者另一項申領的單據編號相同：',
  },
  elsewhere: { en: 'a grant of another department', 'zh-Hant': '另一部門的資助' },
  accept: { en: 'Accept', 'zh-Hant': '接納' },
  refuse: { en: 'Refuse', 'zh-Hant': '不接納' },
  instalment: { en: '{title} ({percent}%)', 'zh-Hant': '{title}（{percent}%）' },
  lineLeft: { en: '{line}. {title}: {left} left', 'zh-Hant': '第 {line} 項：{title}（餘 {left}）' },
  moves: { en: 'Money moved between lines', 'zh-Hant': '項目間調撥' },
  moveOf: { en: '{amount} from line {from} to line {to}', 'zh-Hant': '由項目 {from} 調撥 {amount} 至項目 {to}' },
  free: { en: 'Moved', 'zh-Hant': '已調撥' },
  asked: { en: 'Waits for approval', 'zh-Hant': '待批准' },
  approved: { en: 'Approved', 'zh-Hant': '已批准' },
  approve: { en: 'Approve', 'zh-Hant': '批准' },
  newMove: { en: 'Move money to another line', 'zh-Hant': '調撥至另一項目' },
  moveText: {
    en: 'Up to {percent} per cent of a line moves at once. Beyond that an officer must approve it.',
    'zh-Hant': '每個項目可自行調撥最多 {percent}%，超出須由人員批准。',
  },
  from: { en: 'From', 'zh-Hant': '由' },
  to: { en: 'To', 'zh-Hant': '至' },
  move: { en: 'Move it', 'zh-Hant': '調撥' },
  reports: { en: 'Reports', 'zh-Hant': '報告' },
  interim: { en: 'Interim report', 'zh-Hant': '中期報告' },
  final: { en: 'Final report', 'zh-Hant': '最終報告' },
  due: { en: 'Due', 'zh-Hant': '限期' },
  late: { en: 'Overdue', 'zh-Hant': '逾期' },
  open: { en: 'To be written', 'zh-Hant': '待提交' },
  sendReport: { en: 'Send the report', 'zh-Hant': '提交報告' },
  sendBack: { en: 'Send back', 'zh-Hant': '退回' },
  missing: { en: 'If you send it back: what is missing', 'zh-Hant': '退回時須補充之處' },
})

const pathOf = ({ as, reference }: GrantData) => (as === 'office' ? officeGrantPath : grantPath)(reference)
const useMoney = (currency: string) => {
  const { language } = usePage()
  return (cents: number) => sayIn(moneyText(cents, currency), language)
}
function useErrors({ wrong }: GrantData) {
  const { say } = usePage()
  return (form: string, field: string) => {
    const found = wrong.find((each) => each.form === form && each.field === field)
    return found ? { error: say(found.text) } : {}
  }
}

/** A form of one button. */
export function ActButton({ to, text, kind }: { to: string; text: string; kind?: 'harm' | 'second' }) {
  const { href } = usePage()
  return (
    <form method="post" action={href(to)}>
      <Button {...(kind && { kind })}>{text}</Button>
    </form>
  )
}

const onWords = { acceptance: own.acceptance, interim: own.interimOn, final: own.finalOn }
const stateWords = {
  waiting: own.waiting,
  met: own.met,
  proposed: own.proposed,
  payable: words.payable,
  lapsed: own.lapsed,
}

export function Instalments(data: GrantData) {
  const { say } = usePage()
  const money = useMoney(data.currency)
  return (
    <section>
      <h2>{say(own.instalments)}</h2>
      <p>{say(words.notPaid)}</p>
      <Table
        caption={say(own.instalments)}
        captionHidden
        narrow="stack"
        columns={[
          { label: say(own.instalments) },
          { label: say(words.amount), numeric: true },
          { label: say(own.condition) },
          { label: say(words.state) },
        ]}
        rows={data.instalments.map(({ title, percent, cents, on, state, payableCents }) => ({
          cells: [
            say(own.instalment, { title: say(title), percent }),
            money(payableCents ?? cents),
            say(onWords[on]),
            say(stateWords[state]),
          ],
        }))}
      />
      {data.instalments.map(
        ({ id, title, may }) =>
          may && (
            <ActButton key={id} to={`${pathOf(data)}/instalments/${id}`} text={say(own[may], { title: say(title) })} />
          ),
      )}
    </section>
  )
}

export function Claims(data: GrantData) {
  const { say, href } = usePage()
  const money = useMoney(data.currency)
  const errorOf = useErrors(data)
  const path = pathOf(data)
  return (
    <section>
      <h2>{say(own.claims)}</h2>
      {data.claims.length === 0 && <p class="empty">{say(own.noClaims)}</p>}
      {data.claims.map(({ id, line, cents, spentOn, state, note, number, same, receipt }) => (
        <div key={id} id={`claim-${id}`}>
          <h3>
            {say(own.claimOf, { amount: money(cents), line })} <Tag>{say(own[state])}</Tag>
          </h3>
          <p>
            <Moment at={spentOn} /> ·{' '}
            {receipt?.state === 'released' ? (
              <a href={href(receipt.path)}>{receipt.name}</a>
            ) : (
              say(receipt ? own.held : own.noReceipt)
            )}
          </p>
          {number && <p>{say(own.number, { number })}</p>}
          {same.map((each) => (
            <Warning key={`${each.by} ${each.reference} ${each.line} ${each.spentOn}`}>
              {say(each.by === 'file' ? own.sameFile : own.sameNumber)}{' '}
              {each.reference ? (
                <a href={href(officeGrantPath(each.reference))}>{each.reference}</a>
              ) : (
                say(own.elsewhere)
              )}
              , {say(own.claimOf, { amount: money(each.cents), line: each.line })}, <Moment at={each.spentOn} />
            </Warning>
          ))}
          {note && <p>{note}</p>}
          {state === 'sent' && !receipt && data.can.spend && (
            <form method="post" action={href(`${path}/claims/${id}/receipt`)} enctype="multipart/form-data">
              <FileField
                name="receipt"
                id={`receipt-${id}`}
                label={say(own.receipt)}
                accept=".pdf,.jpg,.jpeg,.png"
                {...errorOf('receipt', `receipt-${id}`)}
              />
              <Button kind="second">{say(own.sendReceipt)}</Button>
            </form>
          )}
          {state === 'sent' && data.can.check && (
            <form method="post" action={href(`${path}/claims/${id}`)}>
              <TextField
                name="note"
                id={`note-${id}`}
                label={say(same.length > 0 ? own.noteOfSame : own.note)}
                maxLength={2000}
                autocomplete="off"
                {...errorOf(`claim-${id}`, `note-${id}`)}
              />
              <div class="buttons">
                {receipt?.state === 'released' && (
                  <Button name="answer" value="accepted">
                    {say(own.accept)}
                  </Button>
                )}
                <Button name="answer" value="refused" kind="second">
                  {say(own.refuse)}
                </Button>
              </div>
            </form>
          )}
        </div>
      ))}
    </section>
  )
}

function LineSelect({ data, form, name, label }: { data: GrantData; form: string; name: string; label: string }) {
  const { say } = usePage()
  const money = useMoney(data.currency)
  const options = data.lines.map(({ line, title, leftCents }) => ({
    value: String(line),
    label: say(own.lineLeft, { line, title, left: money(leftCents) }),
  }))
  return (
    <Select
      name={name}
      label={label}
      value={data.chosen[name] ?? ''}
      options={[{ value: '', label: say(own.choose) }, ...options]}
      {...useErrors(data)(form, name)}
    />
  )
}

export function ClaimForm(data: GrantData) {
  const { say, href } = usePage()
  const errorOf = useErrors(data)
  return (
    <Details summary={say(own.newClaim)} open={data.wrong.some(({ form }) => form === 'claim')}>
      <form method="post" action={href(`${pathOf(data)}/claims`)}>
        <input type="hidden" name="token" value={data.tokens.claim} />
        <LineSelect data={data} form="claim" name="line" label={say(own.line)} />
        {data.claimFields.map((field) => (
          <Control key={field.name} field={field} {...errorOf('claim', field.name)} />
        ))}
        <Button>{say(own.send)}</Button>
      </form>
    </Details>
  )
}

export function Moves(data: GrantData) {
  const { say, href } = usePage()
  const money = useMoney(data.currency)
  if (data.virements.length === 0) return null
  return (
    <section>
      <h2>{say(own.moves)}</h2>
      {data.virements.map(({ id, fromLine, toLine, cents, state, reason }) => (
        <div key={id}>
          <h3>
            {say(own.moveOf, { amount: money(cents), from: fromLine, to: toLine })} <Tag>{say(own[state])}</Tag>
          </h3>
          <p>{reason}</p>
          {state === 'asked' && data.can.decide && (
            <form method="post" action={href(`${pathOf(data)}/virements/${id}`)} class="buttons">
              <Button name="answer" value="approved">
                {say(own.approve)}
              </Button>
              <Button name="answer" value="refused" kind="second">
                {say(own.refuse)}
              </Button>
            </form>
          )}
        </div>
      ))}
    </section>
  )
}

export function MoveForm(data: GrantData) {
  const { say, href } = usePage()
  const errorOf = useErrors(data)
  if (data.lines.length < 2) return null
  return (
    <Details summary={say(own.newMove)} open={data.wrong.some(({ form }) => form === 'move')}>
      <p>{say(own.moveText, { percent: data.freePercent })}</p>
      <form method="post" action={href(`${pathOf(data)}/virements`)}>
        <input type="hidden" name="token" value={data.tokens.move} />
        <LineSelect data={data} form="move" name="from" label={say(own.from)} />
        <LineSelect data={data} form="move" name="to" label={say(own.to)} />
        {data.moveFields.map((field) => (
          <Control key={field.name} field={field} {...errorOf('move', field.name)} />
        ))}
        <Button>{say(own.move)}</Button>
      </form>
    </Details>
  )
}

export function Reports(data: GrantData) {
  const { say } = usePage()
  return (
    <section>
      <h2>{say(own.reports)}</h2>
      {data.reports.map((report) => (
        <div key={report.kind}>
          <h3>
            {say(own[report.kind])} <Tag>{say(report.late ? own.late : own[report.state])}</Tag>
          </h3>
          <p>
            {say(own.due)} <Moment at={report.dueOn} />
          </p>
          {report.note && <p>{report.note}</p>}
          {report.answers.length > 0 && <Rows rows={report.answers} />}
          <ReportForms data={data} report={report} />
        </div>
      ))}
    </section>
  )
}

function ReportForms({ data, report }: { data: GrantData; report: GrantData['reports'][number] }) {
  const { say, href } = usePage()
  const errorOf = useErrors(data)
  const { kind, state, fields } = report
  const to = href(`${pathOf(data)}/reports/${kind}`)
  if (state === 'open' && data.can.spend)
    return (
      <Details summary={say(own.sendReport)} open={data.wrong.some(({ form }) => form === kind)}>
        <form method="post" action={to}>
          {fields.map((field) => (
            <Control key={field.name} field={field} {...errorOf(kind, field.name)} />
          ))}
          <Button>{say(own.sendReport)}</Button>
        </form>
      </Details>
    )
  if (state !== 'sent' || !data.can.check) return null
  return (
    <form method="post" action={to}>
      <TextArea
        name="note"
        id={`note-${kind}`}
        label={say(own.missing)}
        rows={3}
        maxLength={2000}
        {...errorOf(`report-${kind}`, `note-${kind}`)}
      />
      <div class="buttons">
        <Button name="answer" value="accepted">
          {say(own.accept)}
        </Button>
        <Button name="answer" value="refused" kind="second">
          {say(own.sendBack)}
        </Button>
      </div>
    </form>
  )
}
