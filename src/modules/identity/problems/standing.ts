import { refusals } from './refusals.ts'

/** Refusals about who one is and for whom one acts. */
export const standingProblems = refusals({
  'nothing-to-prove': [
    404,
    {
      en: 'Nothing can be proven here: this government has not said by which documents.',
      'zh-Hant': '本系統未設定可用的身份證明文件，暫時不能核實身份。',
    },
  ],
  'no-made-up-register': [
    404,
    {
      en: 'There is no made-up register here: another register is set, or this is no demonstration.',
      'zh-Hant': '這裏沒有虛構登記冊：已另設登記冊，或本系統並非示範系統。',
    },
  ],
  'person-tried-often': [
    429,
    {
      en: 'You asked the register five times within a day. Try again tomorrow, or go to a counter with your document.',
      'zh-Hant': '你在一天內已查詢登記冊五次。請明天再試，或帶同證件到櫃位辦理。',
    },
  ],
  'address-tried-often': [
    429,
    {
      en: 'The register was asked often from your network today. Try from another one, tomorrow, or at a counter.',
      'zh-Hant': '今天已有多次查詢來自你的網絡。請改用其他網絡、明天再試，或到櫃位辦理。',
    },
  ],
  'document-tried-often': [
    429,
    {
      en: 'This document was asked about too often without success, so it is compared at a counter alone for now. Take it there with a code from your level page.',
      'zh-Hant': '有關這張證件的查詢多次不符，現時只可到櫃位核對。請在身份核實級別一頁取得代碼，帶同證件前往。',
    },
  ],
  'visit-ended': [
    409,
    {
      en: 'This visit has ended or its code has expired. Ask the person for a new code.',
      'zh-Hant': '這次到訪已完結，或代碼已過期。請對方另取代碼。',
    },
  ],
  'own-proof': [
    403,
    {
      en: 'Nobody proves themselves. Go to another officer with your code.',
      'zh-Hant': '任何人均不可核實自己的身份。請帶同代碼找另一名人員辦理。',
    },
  ],
  'proof-not-found': [
    404,
    {
      en: 'There is no proof with this reference. It looks like P-000012; compare it with the person’s level page.',
      'zh-Hant': '沒有這個編號的核實紀錄。編號格式如 P-000012，請對照對方的身份核實級別一頁。',
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
  'organisation-changed': [
    409,
    {
      en: 'This registration was corrected since you looked at it. Go back to the list, and compare it again.',
      'zh-Hant': '這項登記在你查看後已更正。請返回清單重新核對。',
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
  'verified-it': [
    409,
    {
      en: 'This person, as an officer, verified the company, and can hold no role in it. Give the role to somebody else.',
      'zh-Hant': '此人曾以公職核實這家公司，不能在其中擔任職務。請委派另一人。',
    },
  ],
  'more-than-yours': [
    403,
    {
      en: 'You act for this company within limits, and can give nobody more than you have. Limit the role to services and an amount of your own, or ask an owner without limits.',
      'zh-Hant':
        '你代表這間公司行事時設有限制，不能給予他人更多權限。請把職務限於你獲准的服務和金額，或請不受限制的東主委派。',
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
      en: 'Nobody else administers this organisation, and a successor whom you appoint waits for a second administrator. Whoever runs this installation appoints one: ./praya identity grant {organisation} CODE {role}, with a code that the successor makes under “In whose name you act”. Then withdraw this role.',
      'zh-Hant':
        '這個機構沒有其他管理員，而你委任的接任者須由另一名管理員批准。請由系統營運者委任：./praya identity grant {organisation} 代碼 {role}（代碼由接任者在「以誰的名義行事」取得），然後再撤回這項職務。',
    },
  ],
  'last-owner': [
    409,
    {
      en: 'Nobody else owns this company. Grant that role to a successor, and withdraw yours once they have accepted it.',
      'zh-Hant': '這間公司沒有其他東主。請先把職務委派給接任者，待對方接受後再撤回你的職務。',
    },
  ],
  'administrators-too-few': [
    409,
    {
      en: 'This would leave you the only administrator, and nobody could appoint another. They can give up the role themselves. Otherwise appoint a third administrator first; if nobody else can approve that, whoever runs this installation does it: ./praya identity grant {organisation} CODE {role}.',
      'zh-Hant':
        '撤回後你會成為唯一的管理員，無人可再委任他人。對方可自行放棄職務；否則請先委任第三名管理員。如沒有其他人可批准，可由系統營運者委任：./praya identity grant {organisation} 代碼 {role}。',
    },
  ],
  'owners-too-few': [
    409,
    {
      en: 'One owner does not put out the only other. They can give up the role themselves; or a third owner, who accepted 30 days ago or earlier, comes first.',
      'zh-Hant': '只有兩名東主時，一方不能撤除另一方。對方可自行放棄職務；或先由第三人接受成為東主，滿 30 日後再撤除。',
    },
  ],
  'owners-too-new': [
    409,
    {
      en: 'Two other owners are needed to put one out, and whoever became an owner less than {days} days ago does not count yet. Wait until then, or ask them to give up the role themselves.',
      'zh-Hant': '撤除東主須另有兩名東主，而成為東主未滿 {days} 日的人不計算在內。請待期滿，或請對方自行放棄職務。',
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
