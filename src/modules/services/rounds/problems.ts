import type { ProblemTable } from '#platform'

/** What is refused of judging. */
export const roundProblems = {
  'round-not-found': [
    404,
    {
      en: 'There is no such round, or it is not yours.',
      'zh-Hant': '沒有這一輪評審，或不屬你負責。',
    },
  ],
  'round-is-open': [
    409,
    {
      en: 'This round was opened already.',
      'zh-Hant': '這一輪評審已開始。',
    },
  ],
  'round-empty': [
    409,
    {
      en: 'No entry can take part in this round now. Look at the cases of the service first.',
      'zh-Hant': '暫未有參賽項目可進入這一輪。請先查看服務的個案。',
    },
  ],
  'round-before-open': [
    409,
    {
      en: 'The round before this one is not closed. Confirm its result first.',
      'zh-Hant': '上一輪評審尚未結束。請先確認其結果。',
    },
  ],
  'round-short': [
    409,
    {
      en: 'Too few judges have accepted for {stream}: each entry needs {count}, and nobody judges a stream in which they have an entry. Invite more.',
      'zh-Hant':
        '{stream}接受邀請的評審不足：每個項目須有 {count} 名評審，而自己有項目參賽的組別不可評審。請多邀請幾名。',
    },
  ],
  'round-closed': [
    409,
    {
      en: 'This round is closed. Nothing in it can be changed.',
      'zh-Hant': '這一輪評審已結束，不能更改。',
    },
  ],
  'round-sheets-missing': [
    409,
    {
      en: '{count} score sheets are not locked yet. The round closes when all are.',
      'zh-Hant': '尚有 {count} 份評分表未鎖定。全部鎖定後方可結束這一輪。',
    },
  ],
  'round-unjudged': [
    409,
    {
      en: 'No judge without a conflict of interest is left for {references}. Ask the department to invite another judge.',
      'zh-Hant': '{references} 已沒有不涉利益衝突的評審。請由部門另邀評審。',
    },
  ],
  'round-tied': [
    409,
    {
      en: 'Entries are tied where it decides who goes on. Decide the tie first.',
      'zh-Hant': '有項目同分，影響晉級名單。請先裁決。',
    },
  ],
  'round-not-tied': [
    409,
    {
      en: 'This entry is not among those that wait for a decision.',
      'zh-Hant': '這個項目無須裁決。',
    },
  ],
  'round-not-proposed': [
    409,
    {
      en: 'The chair has not closed this round, or it was confirmed already.',
      'zh-Hant': '主席尚未結束這一輪，或結果已獲確認。',
    },
  ],
  'invitation-not-found': [
    404,
    {
      en: 'This code leads to no invitation. It may have been used; ask for another.',
      'zh-Hant': '代碼不對應任何邀請，或已使用。請索取另一個代碼。',
    },
  ],
  'sheet-not-found': [
    404,
    {
      en: 'There is no such score sheet of yours.',
      'zh-Hant': '你沒有這份評分表。',
    },
  ],
  'sheet-locked': [
    409,
    {
      en: 'This score sheet is locked. Its marks stay as they are.',
      'zh-Hant': '這份評分表已鎖定，分數不能更改。',
    },
  ],
  'sheet-late': [
    409,
    {
      en: 'The chair has closed this round, and your marks are in its result. Tell the department of your conflict of interest at once, before it confirms.',
      'zh-Hant': '主席已結束這一輪，結果已計入你的評分。請立即在部門確認結果前，向部門申報利益衝突。',
    },
  ],
  'sheet-conflict': [
    409,
    {
      en: 'You have a conflict of interest in this entry, so you do not judge it.',
      'zh-Hant': '你與這個項目有利益衝突，不可評審。',
    },
  ],
  'sheet-undeclared': [
    409,
    {
      en: 'Say first whether you have a conflict of interest in this entry.',
      'zh-Hant': '請先申報與這個項目有否利益衝突。',
    },
  ],
  'entry-file-not-found': [
    404,
    {
      en: 'This entry has no such file for you, or it was deleted since. Judge by what is there, or tell the chair of the round.',
      'zh-Hant': '這個項目沒有可供你開啟的這個檔案，或檔案已被刪除。請按現有內容評審，或告知該輪評審的主席。',
    },
  ],
  'sheet-wrong': [
    422,
    {
      en: 'Give each criterion a whole number from {min} to {max}. Then lock the sheet.',
      'zh-Hant': '每項準則請填 {min} 至 {max} 的整數，然後鎖定評分表。',
    },
  ],
  'results-not-found': [
    404,
    {
      en: 'There are no results here yet.',
      'zh-Hant': '暫未有結果公布。',
    },
  ],
  'round-own-entry': [
    403,
    {
      en: 'You have an interest in this competition. You, somebody for whom you act or an organisation in which you have a role takes part in it, so you see neither its judges nor how it stands, and decide nothing in it. Ask a colleague who may decide to go on with it ({organisation}).',
      'zh-Hant':
        '你與這項比賽有利益關係。你本人、由你代為行事的人或由你擔任職務的機構參加了比賽，因此你不可查看評審名單和評審進度，亦不可作任何決定。請由{organisation}另一名有權決定的同事跟進。',
    },
  ],
  'chair-own-entry': [
    403,
    {
      en: 'You have an interest in this competition. You, somebody for whom you act or an organisation in which you have a role takes part in it, so you cannot chair its rounds. Ask the department to invite another chair.',
      'zh-Hant':
        '你與這項比賽有利益關係。你本人、由你代為行事的人或由你擔任職務的機構參加了比賽，因此你不可擔任評審主席。請通知部門另邀主席。',
    },
  ],
  'invitation-made': [
    409,
    {
      en: 'This invitation was made already, and its code was shown once. Where it is lost, invite again.',
      'zh-Hant': '這項邀請已經發出，代碼只顯示一次。如沒有記下代碼，請重新邀請。',
    },
  ],
} satisfies ProblemTable
