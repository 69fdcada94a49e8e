import { problems } from '#platform'

export const problem = problems('identity', {
  'no-demonstration': [
    404,
    {
      en: 'Nobody can sign in here yet: this installation is not a demonstration. Its operator can set PRAYA_DEMONSTRATION.',
      'zh-Hant': '本系統並非示範系統，暫時未能登入。營運者可設定 PRAYA_DEMONSTRATION。',
    },
  ],
  'person-not-found': [
    404,
    {
      en: 'There is no such person in this demonstration. Choose one from the list.',
      'zh-Hant': '示範中沒有這個人，請從名單中選擇。',
    },
  ],
  'channel-not-found': [
    404,
    {
      en: 'No such platform is connected here. Sign in another way.',
      'zh-Hant': '本系統未有連接這個平台，請以其他方法登入。',
    },
  ],
  'channel-order-gone': [
    409,
    {
      en: 'This sign-in is over: it was used already, took more than ten minutes, or began in another browser. Begin again.',
      'zh-Hant': '這次登入已失效：可能已使用、超過十分鐘，或由另一瀏覽器開始。請重新開始。',
    },
  ],
  'channel-refused': [
    403,
    {
      en: 'What the other platform sent back cannot be relied on, so you were not signed in. Begin again; if it happens again, tell us the request number.',
      'zh-Hant': '對方平台送回的資料未能通過核對，因此沒有讓你登入。請重新開始；如再發生，請告知要求編號。',
    },
  ],
  'channel-away': [
    503,
    {
      en: 'The other platform does not answer just now. Try again in a few minutes, or sign in another way.',
      'zh-Hant': '對方平台暫時沒有回應。請幾分鐘後再試，或以其他方法登入。',
    },
  ],
  'channel-level-unknown': [
    403,
    {
      en: '{channel} names a level that is not agreed with us, so you were not signed in. Sign in another way, and tell us the request number.',
      'zh-Hant': '{channel}所報的級別未經雙方議定，因此沒有讓你登入。請以其他方法登入，並告知要求編號。',
    },
  ],
  'channel-linked-elsewhere': [
    409,
    {
      en: 'That account of the other platform is linked to an account here already. Sign in through it, and unlink it there first.',
      'zh-Hant': '該平台的帳戶已連結至本網站另一帳戶。請先經該平台登入，在該帳戶內解除連結。',
    },
  ],
  'channel-not-linked': [
    404,
    {
      en: 'This is not linked to your account, or not any more. Nothing was changed.',
      'zh-Hant': '此項並未與你的帳戶連結，或已解除連結。沒有作出更改。',
    },
  ],
  'not-on-behalf': [
    403,
    {
      en: 'This cannot be done in another person’s name. Act as yourself again under “In whose name you act”.',
      'zh-Hant': '此項不能以他人名義進行。請到「以誰的名義行事」改回本人身份。',
    },
  ],
  'beyond-limits': [
    403,
    {
      en: 'What you were given does not cover this. Ask the person or organisation for whom you act.',
      'zh-Hant': '你獲授的範圍不包括此項。請向你所代表的人或機構查詢。',
    },
  ],
  'may-not-act-so': [
    403,
    {
      en: 'You may not act in this name, or no longer. Choose another one.',
      'zh-Hant': '你不能或不可再以這個名義行事，請另選身份。',
    },
  ],
  'not-your-organisation': [
    403,
    {
      en: 'You do not administer this organisation in the name in which you act now. Choose it under “In whose name you act”.',
      'zh-Hant': '以你現時的身份，不能管理這個機構。請到「以誰的名義行事」選用該機構。',
    },
  ],
  'organisation-not-found': [
    404,
    {
      en: 'There is no such organisation here, or it was dealt with already. Go back to the list.',
      'zh-Hant': '沒有這個機構，或已處理完畢。請返回清單。',
    },
  ],
  'organisation-declared-already': [
    409,
    {
      en: 'You registered this number before. You find it under “In whose name you act”.',
      'zh-Hant': '你曾登記這個號碼，請到「以誰的名義行事」查看。',
    },
  ],
  'number-verified-already': [
    409,
    {
      en: 'Another registration with this number is verified already. Ask the people of this one for their papers.',
      'zh-Hant': '這個號碼已有另一項登記獲核實。請要求這項登記的人員出示文件。',
    },
  ],
  'grant-not-found': [
    404,
    {
      en: 'There is no such role here, or it was withdrawn. Go back to the list.',
      'zh-Hant': '沒有這項職務委派，或已撤回。請返回清單。',
    },
  ],
  'grant-not-pending': [
    409,
    {
      en: 'This role does not wait for approval: somebody was faster, or two weeks have passed. Look at the list again.',
      'zh-Hant': '這項職務並非待批：可能已有人處理，或已逾兩星期。請再查看清單。',
    },
  ],
  'needs-another': [
    403,
    {
      en: 'Somebody else must approve this: not who began it, and not whom it is for.',
      'zh-Hant': '此項須由另一人批准，提出者和受委派者都不可批准。',
    },
  ],
  'not-to-yourself': [
    409,
    {
      en: 'This is your own code. A role or mandate comes from somebody else.',
      'zh-Hant': '這是你自己的代碼。職務和授權須由他人給予。',
    },
  ],
  'role-held-already': [
    409,
    {
      en: 'This person has this role here, or waits for it. Withdraw it first to change it.',
      'zh-Hant': '對方已有或正待批這項職務。如要更改，請先撤回。',
    },
  ],
  'last-administrator': [
    409,
    {
      en: 'Nobody else administers this organisation. Grant that role to a successor first.',
      'zh-Hant': '這個機構沒有其他管理員。請先把職務委派給接任者。',
    },
  ],
  'mandate-not-found': [
    404,
    {
      en: 'There is no such mandate of yours, or it has ended. Look at the list again.',
      'zh-Hant': '你沒有這項授權，或授權已終止。請再查看清單。',
    },
  ],
  'mandate-held-already': [
    409,
    {
      en: 'This person may act for them already. End that mandate first to change it.',
      'zh-Hant': '對方已獲授權。如要更改，請先終止原有授權。',
    },
  ],
  'agent-level-too-low': [
    409,
    {
      en: 'This person must prove who they are, to level 2, before they can act for another.',
      'zh-Hant': '對方須先完成第 2 級身份核實，才可代他人行事。',
    },
  ],
})
