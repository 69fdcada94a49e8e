import type { ProblemTable } from '#platform'

/** What is refused of grants. */
export const grantProblems = {
  'grant-not-found': [
    404,
    {
      en: 'There is no such grant here for you, or nothing of this name in it. Look at the case.',
      'zh-Hant': '這裏沒有你的這項資助，或其中沒有這個項目。請查看個案。',
    },
  ],
  'grant-above-ceiling': [
    409,
    {
      en: 'With this amount the recipient would have more than one recipient can have. Grant less, or look at what they were granted before.',
      'zh-Hant': '連同這筆款額，受資助者會超出每名受資助者的上限。請批出較少款額，或查看以往批出的資助。',
    },
  ],
  'grant-above-sum': [
    409,
    {
      en: 'The programme does not have this much left. Grant less, or wait until a grant that was not spent is closed.',
      'zh-Hant': '計劃餘額不足。請批出較少款額，或待有未用完的資助結束後再批。',
    },
  ],
  'grant-above-plan': [
    409,
    {
      en: 'The amount must be more than nothing, and no more than the plan costs. Send the proposal back and correct the amount.',
      'zh-Hant': '批出的款額須大於零，且不多於計劃費用。請退回建議並更正款額。',
    },
  ],
  'grant-above-category': [
    409,
    {
      en: 'One kind of cost would be above its ceiling. Grant less, or move less to that kind.',
      'zh-Hant': '其中一類開支會超出上限。請減少批出或調撥的款額。',
    },
  ],
  'grant-stands': [
    409,
    {
      en: 'The decision under review granted money already, and its agreement stands. Let the applicant apply for what is more.',
      'zh-Hant': '被覆核的決定已批出資助，協議仍然有效。額外款額請申請人另行申請。',
    },
  ],
  'grant-not-now': [
    409,
    {
      en: 'This cannot be done as the grant stands now. Load its page again and look at what is open.',
      'zh-Hant': '按資助現況不能這樣做。請重新載入頁面，查看可辦理的事項。',
    },
  ],
  'grant-same-officer': [
    403,
    {
      en: 'You proposed this instalment yourself. Another officer who decides must confirm it.',
      'zh-Hant': '這一期由你建議支付，須由另一名有決定權的人員確認。',
    },
  ],
  'grant-incomplete': [
    422,
    {
      en: 'Something is missing or cannot be read: {what}. Put it right and send it again.',
      'zh-Hant': '有資料欠缺或無法讀取：{what}。請更正後再送出。',
    },
  ],
} satisfies ProblemTable
