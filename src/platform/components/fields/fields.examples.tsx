import type { VNode } from 'preact'
import { texts } from '../../languages.ts'
import { usePage } from '../../page.tsx'
import type { Example } from '../examples.ts'
import { Button, Checkboxes, DateField, FileField, Radios, Select, TextArea, TextField } from './fields.tsx'

const words = texts({
  name: { en: 'Full name', 'zh-Hant': '姓名' },
  nameHint: { en: 'As on your identity document.', 'zh-Hant': '與身份證明文件上的相同。' },
  mail: { en: 'Email address', 'zh-Hant': '電郵地址' },
  mailError: {
    en: 'Enter an address with an @, like siu-ming@example.org.',
    'zh-Hant': '請輸入有 @ 的地址，例如 siu-ming@example.org。',
  },
  happened: { en: 'What happened?', 'zh-Hant': '發生了甚麼事？' },
  cost: { en: 'What does one seat cost?', 'zh-Hant': '每個座位費用多少？' },
  costHint: { en: 'In dollars, for each year.', 'zh-Hant': '以元計，每年。' },
  each: { en: 'each year', 'zh-Hant': '每年' },
  reason: { en: 'Why do you ask for it?', 'zh-Hant': '你為甚麼提出申請？' },
  year: { en: 'Financial year', 'zh-Hant': '財政年度' },
  reply: { en: 'How should we answer you?', 'zh-Hant': '你想我們怎樣回覆你？' },
  letter: { en: 'By letter', 'zh-Hant': '郵寄' },
  letterHint: { en: 'Takes five working days.', 'zh-Hant': '需時五個工作天。' },
  inbox: { en: 'In my account', 'zh-Hant': '在我的帳戶' },
  subjects: { en: 'Which tables do you want?', 'zh-Hant': '你需要哪些表格？' },
  subheads: { en: 'Subheads', 'zh-Hant': '分目' },
  commitments: { en: 'Commitments', 'zh-Hant': '承擔額' },
  born: { en: 'Date of birth', 'zh-Hant': '出生日期' },
  bornError: { en: 'The date of birth must be in the past.', 'zh-Hant': '出生日期必須是過去的日子。' },
  file: { en: 'Text of the Estimates', 'zh-Hant': '預算文本' },
  send: { en: 'Send', 'zh-Hant': '提交' },
  later: { en: 'Save for later', 'zh-Hant': '稍後再填' },
  withdraw: { en: 'Withdraw the application', 'zh-Hant': '撤回申請' },
})

type Say = (key: keyof typeof words) => string
const example = (name: string, render: (say: Say) => VNode): Example => ({
  name,
  render: () => {
    const { say } = usePage()
    return render((key) => say(words[key]))
  },
})

export const examples: Example[] = [
  example('Text', (say) => <TextField name="name" label={say('name')} hint={say('nameHint')} autocomplete="name" />),
  example('Text with a mistake', (say) => (
    <TextField
      name="mail"
      type="email"
      label={say('mail')}
      value="siu-ming"
      error={say('mailError')}
      autocomplete="email"
    />
  )),
  example('Several lines', (say) => <TextArea name="happened" label={say('happened')} rows={4} maxLength={2000} />),
  example('An amount', (say) => (
    <TextField
      name="cost"
      label={say('cost')}
      hint={say('costHint')}
      prefix="$"
      suffix={say('each')}
      inputMode="decimal"
      width={10}
      autocomplete="off"
    />
  )),
  example('Several lines, counted', (say) => (
    <TextArea name="reason" label={say('reason')} rows={3} count={1000} autocomplete="off" />
  )),
  example('Select', (say) => {
    const options = ['2023-24', '2022-23'].map((value) => ({ value, label: value }))
    return <Select name="year" label={say('year')} options={options} value="2023-24" />
  }),
  example('Radios, one that asks for more', (say) => {
    const more = <TextField name="box" label={say('mail')} type="email" autocomplete="email" />
    const options = [
      { value: 'inbox', label: say('inbox') },
      { value: 'letter', label: say('letter'), hint: say('letterHint') },
      { value: 'mail', label: say('mail'), more },
    ]
    return <Radios name="reply" label={say('reply')} options={options} value="mail" />
  }),
  example('Checkboxes', (say) => {
    const options = (['subheads', 'commitments'] as const).map((value) => ({ value, label: say(value) }))
    return <Checkboxes name="tables" label={say('subjects')} options={options} values={['subheads']} />
  }),
  example('Date with a mistake', (say) => (
    <DateField
      name="born"
      label={say('born')}
      error={say('bornError')}
      value={{ year: '2091', month: '2', day: '9' }}
      born
      wrong="year"
    />
  )),
  example('File', (say) => <FileField name="file" label={say('file')} accept=".txt,.csv,.xlsx" />),
  example('Buttons', (say) => (
    <div class="buttons">
      <Button>{say('send')}</Button>
      <Button kind="second">{say('later')}</Button>
      <Button kind="harm">{say('withdraw')}</Button>
      <Button kind="link">{say('later')}</Button>
    </div>
  )),
]
