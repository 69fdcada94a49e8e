import { texts } from '#platform'

export const words = texts({
  grant: { en: 'Grant', 'zh-Hant': '資助' },
  grants: { en: 'Grants', 'zh-Hant': '資助' },
  offered: { en: 'Waits to be accepted', 'zh-Hant': '待接受' },
  running: { en: 'Under way', 'zh-Hant': '進行中' },
  closed: { en: 'Closed', 'zh-Hant': '已結束' },
  recipient: { en: 'Recipient', 'zh-Hant': '受資助者' },
  granted: { en: 'Granted', 'zh-Hant': '批出' },
  reserved: { en: 'Committed', 'zh-Hant': '已承擔' },
  claimed: { en: 'Claimed and accepted', 'zh-Hant': '已接納的申領' },
  payable: { en: 'Payable', 'zh-Hant': '可支付' },
  returned: { en: 'To be returned', 'zh-Hant': '須退還' },
  unspent: { en: 'Not spent', 'zh-Hant': '未用款項' },
  paidFrom: { en: 'Paid from', 'zh-Hant': '撥款來源' },
  item: { en: 'Item {item} of the Estimates', 'zh-Hant': '預算項目 {item}' },
  initiative: { en: 'The Estimates', 'zh-Hant': '開支預算' },
  sum: { en: 'Approved sum', 'zh-Hant': '核准總額' },
  programme: { en: 'Programme', 'zh-Hant': '計劃' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  amount: { en: 'Amount', 'zh-Hant': '金額' },
  notPaid: {
    en: 'This site says what is payable. The department pays it from its own accounts.',
    'zh-Hant': '本系統只處理至「可支付」，由部門另行付款。',
  },
  reference: { en: 'Case', 'zh-Hant': '個案' },
})
