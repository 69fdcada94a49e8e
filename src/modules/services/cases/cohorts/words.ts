import { texts } from '#platform'
import type { MisfitCode } from './fit.rules.ts'
import type { CaseState, CohortKind, CohortState } from './types.ts'

export const shared = texts({
  cohorts: { en: 'Many cases at once', 'zh-Hant': '批量處理個案' },
  begin: { en: 'Choose cases', 'zh-Hant': '選擇個案' },
  service: { en: 'Service', 'zh-Hant': '服務' },
  what: { en: 'What is done', 'zh-Hant': '處理方式' },
  state: { en: 'State', 'zh-Hant': '狀況' },
  cases: { en: 'Cases', 'zh-Hant': '個案' },
  reference: { en: 'Case', 'zh-Hant': '個案' },
  before: { en: 'Before', 'zh-Hant': '原決定' },
  after: { en: 'After', 'zh-Hant': '新決定' },
  reasons: { en: 'Reasons', 'zh-Hant': '理由' },
  set: { en: 'What was set with it', 'zh-Hant': '同時訂定' },
  why: { en: 'Why it is left out', 'zh-Hant': '不納入的原因' },
  version: { en: 'Version {number}', 'zh-Hant': '第 {number} 版' },
  more: { en: 'more', 'zh-Hant': '增加' },
  less: { en: 'less', 'zh-Hant': '減少' },
  same: { en: 'as much', 'zh-Hant': '不變' },
  goes: { en: '{before} → {after}', 'zh-Hant': '{before} → {after}' },
  goesWith: { en: '{before} → {after}, {amount}', 'zh-Hant': '{before} → {after}，金額{amount}' },
  withWhat: { en: '{why} ({what})', 'zh-Hant': '{why}（{what}）' },
})

export const kindNames = texts({
  redecide: { en: 'Decided anew by other rules', 'zh-Hant': '按其他版本的規則重新決定' },
  move: { en: 'Moved to another version', 'zh-Hant': '轉用其他版本' },
} satisfies Record<CohortKind, unknown>)

export const stateNames = texts({
  previewing: { en: 'The preview is being made', 'zh-Hant': '正在製作預覽' },
  previewed: { en: 'The preview is ready', 'zh-Hant': '預覽已備妥' },
  proposed: { en: 'Waits for another officer', 'zh-Hant': '等候另一名人員批准' },
  running: { en: 'Being done', 'zh-Hant': '正在執行' },
  done: { en: 'Done', 'zh-Hant': '已完成' },
  'undo-proposed': { en: 'To be undone; waits for another officer', 'zh-Hant': '擬撤銷，等候另一名人員批准' },
  undoing: { en: 'Being undone', 'zh-Hant': '正在撤銷' },
  undone: { en: 'Undone', 'zh-Hant': '已撤銷' },
  failed: { en: 'Stopped by an error', 'zh-Hant': '因錯誤而停止' },
} satisfies Record<CohortState, unknown>)

export const caseStateNames = texts({
  waiting: { en: 'Not looked at yet', 'zh-Hant': '未審視' },
  same: { en: 'Comes out the same', 'zh-Hant': '結果不變' },
  unfit: { en: 'Left out by the preview', 'zh-Hant': '預覽時不納入' },
  planned: { en: 'To be changed', 'zh-Hant': '將會更改' },
  applied: { en: 'Changed', 'zh-Hant': '已更改' },
  'left-out': { en: 'Left out when it was done', 'zh-Hant': '執行時不納入' },
  undone: { en: 'As it was before', 'zh-Hant': '已還原' },
  kept: { en: 'Not undone', 'zh-Hant': '未能撤銷' },
} satisfies Record<CaseState, unknown>)

export const outcomeNames = texts({
  granted: { en: 'Granted', 'zh-Hant': '批准' },
  refused: { en: 'Refused', 'zh-Hant': '不批准' },
  done: { en: 'Done', 'zh-Hant': '已完成' },
})

export const misfitNames = texts({
  'state-missing': {
    en: 'The version does not have the state in which it stands',
    'zh-Hant': '該版本沒有個案現時的狀況',
  },
  'state-ends': {
    en: 'The version ends cases in the state in which it stands',
    'zh-Hant': '該版本在個案現時的狀況下已結束',
  },
  'clock-missing': { en: 'The version has no clock for its state', 'zh-Hant': '該版本沒有為其狀況設定時限' },
  'department-changes': { en: 'Another department would have it', 'zh-Hant': '個案會轉由另一部門處理' },
  'waits-for-approval': { en: 'It waits for an approval', 'zh-Hant': '個案正等候批准' },
  'answer-unknown': { en: 'The version does not know an answer', 'zh-Hant': '該版本沒有其中一項答案' },
  'answer-changed': {
    en: 'The version takes other answers to a question',
    'zh-Hant': '該版本對其中一題接受不同的答案',
  },
  'asked-newly': { en: 'The version asks what was not asked', 'zh-Hant': '該版本要求原先沒有問的資料' },
  'file-asked-newly': {
    en: 'The version asks for a file that was not asked for',
    'zh-Hant': '該版本要求原先不需要的檔案',
  },
  'note-unknown': { en: 'The version does not know what an officer noted', 'zh-Hant': '該版本沒有人員曾填寫的一項' },
  'not-decided': { en: 'No decision counts', 'zh-Hant': '沒有生效的決定' },
  'went-on': { en: 'It went on after the decision', 'zh-Hant': '決定後個案已有進展' },
  'under-review': { en: 'It is under review, or is a review', 'zh-Hant': '正在覆核，或本身是覆核個案' },
  'officer-differed': { en: 'The officer decided otherwise than the table', 'zh-Hant': '人員的決定有別於規則表' },
  'step-unclear': { en: 'Which decision follows is not clear', 'zh-Hant': '未能確定應作哪項決定' },
  'step-asks': { en: 'The decision asks an officer something', 'zh-Hant': '該決定須由人員填寫' },
  'beyond-limits': { en: 'The amount is beyond what the decision takes', 'zh-Hant': '數額超出該決定的範圍' },
  'no-reason': { en: 'No reason of the decision fits', 'zh-Hant': '沒有適用的決定理由' },
  'too-much-work': { en: 'Its rules are too much work', 'zh-Hant': '規則運算量過大' },
  'money-agreed': {
    en: 'It rests on an agreement about a grant, or needs one',
    'zh-Hant': '個案涉及資助協議，或須訂立資助協議',
  },
  own: {
    en: 'It is the case of an officer who takes part, or competes with one',
    'zh-Hant': '屬參與處理的人員本人，或與其參賽項目競爭',
  },
  'changed-meanwhile': { en: 'Something happened in it meanwhile', 'zh-Hant': '其間個案有所變動' },
  'place-gone': { en: 'Done, but its session has no place for it', 'zh-Hant': '已處理，但場次沒有名額' },
  'register-refuses': { en: 'A register refuses the item that it would leave', 'zh-Hant': '登記冊拒絕所產生的登記項' },
} satisfies Record<MisfitCode, unknown>)
