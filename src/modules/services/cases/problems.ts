import type { ProblemTable } from '#platform'

/** What is refused of cases. */
export const caseProblems = {
  'case-not-found': [
    404,
    {
      en: 'There is no case with this reference here. Compare it letter by letter, or look in the list.',
      'zh-Hant': '這裏沒有這個編號的個案。請逐字核對，或在列表中查找。',
    },
  ],
  'case-changed': [
    409,
    {
      en: 'Somebody acted on this case since you opened it. Look at it again, and then decide.',
      'zh-Hant': '你開啟個案後，有人處理過。請重新查看再作決定。',
    },
  ],
  'case-taken': [
    409,
    {
      en: 'Another officer has this case. Ask them to give it back, or take another one.',
      'zh-Hant': '另一名人員正在處理這宗個案。請對方退回，或領取另一宗。',
    },
  ],
  'case-not-claimed': [
    409,
    {
      en: 'Nobody has this case. Take it first, so that two officers do not work on it at once.',
      'zh-Hant': '沒有人領取這宗個案。請先領取，以免兩人同時處理。',
    },
  ],
  'answer-not-corrected': [
    409,
    {
      en: 'This answer is not yours to correct: it was not asked here, or it is a file, a declaration, a session, a thing of a list, or what somebody else signed. Ask the person instead.',
      'zh-Hant':
        '你不能更正這個答案：這裏沒有問過，或屬檔案、聲明、節次、列表項目或其他人簽署的內容。請改為向當事人查詢。',
    },
  ],
  'correction-leads-elsewhere': [
    409,
    {
      en: 'With this answer other questions would have been asked, or the form would have ended. Ask the person, or decide on what was sent.',
      'zh-Hant': '若按這個答案，表格會問其他問題或就此結束。請向當事人查詢，或按已提交的內容決定。',
    },
  ],
  'case-is-judged': [
    409,
    {
      en: 'Judges were given this entry as it was sent, so that nothing in it is corrected any more.',
      'zh-Hant': '評審已收到這份參賽作品的原來內容，因此不能再更正。',
    },
  ],
  'case-not-for-role': [
    403,
    {
      en: 'Your role does not take this step. An officer with the right role does.',
      'zh-Hant': '你的職務不能辦理這個步驟，須由有相關職務的人員辦理。',
    },
  ],
  'case-is-own': [
    403,
    {
      en: 'This case is your own or that of somebody for whom you act, you answered a part of it, or a company applies in which you have a role. Another officer of the department works on it.',
      'zh-Hant':
        '這是你本人或由你代為行事的人的個案、你曾填寫其中部分，或申請公司由你擔任職務，須由部門的另一名人員處理。',
    },
  ],
  'case-competes': [
    403,
    {
      en: 'You have an interest in this competition. You, somebody for whom you act or an organisation in which you have a role takes part in it, so you see neither what competes with that entry nor who judges it. Another officer of the department works on this case.',
      'zh-Hant':
        '你與這項比賽有利益關係。你本人、由你代為行事的人或由你擔任職務的機構參加了比賽，因此你不可查看與其競爭的項目及其評審名單。這宗個案須由部門的另一名人員處理。',
    },
  ],
  'case-excluded': [
    403,
    {
      en: 'You took part in the decision that is reviewed here. An officer who did not looks at it.',
      'zh-Hant': '你參與了原來的決定。覆核須由未曾參與的人員處理。',
    },
  ],
  'case-ended': [
    409,
    {
      en: 'This case has ended, so nothing more is done with it. Its page says how it ended.',
      'zh-Hant': '個案已結束，不能再處理。請在個案頁面查看結果。',
    },
  ],
  'case-waits': [
    409,
    {
      en: 'This case waits for a reply or an approval. It goes on when that has come.',
      'zh-Hant': '個案正等候答覆或批准，其後才能繼續。',
    },
  ],
  'case-without-account': [
    409,
    {
      en: 'Whoever sent this was not signed in, so no question reaches them here. Use what they wrote of how to reach them.',
      'zh-Hant': '申請人當時未有登入，提問不會送達。請使用申請人填寫的聯絡方法。',
    },
  ],
  'case-none-free': [
    404,
    {
      en: 'No case waits for you now. New ones stand in the queue as soon as they come.',
      'zh-Hant': '現時沒有個案等候領取。新個案會即時列入輪候。',
    },
  ],
  'case-not-mergeable': [
    409,
    {
      en: 'A case is joined only with an open case of the same service in your department, and never with a review. Choose another reference.',
      'zh-Hant': '只可併入部門內同一服務的未結束個案，覆核個案不可合併。請另選個案編號。',
    },
  ],
  'merge-item-stands': [
    409,
    {
      en: '{number} stands in a register because of this case, and its register does not let it be ended from here. Join the other case with this one instead, or first have it ended by whoever keeps the register.',
      'zh-Hant':
        '這宗個案產生的登記項 {number} 仍載於登記冊，而登記冊不容許在此終止。請改把另一宗個案併入這宗，或先請備存登記冊的人員終止該登記項。',
    },
  ],
  'withdrawal-item-stands': [
    409,
    {
      en: '{number} stands in a register because of this application, and does not end with it, so the application cannot be withdrawn now. Ask the department to end it first; then you can withdraw.',
      'zh-Hant':
        '這項申請產生的登記項 {number} 仍載於登記冊，不會隨申請撤回而終止，因此現時不能撤回申請。請先要求部門終止該登記項，然後再撤回。',
    },
  ],
  'case-of-another': [
    409,
    {
      en: 'These two applications are of different applicants, and each of them must hear a decision. Decide each by itself, and write a note at both if they are about the same.',
      'zh-Hant': '這兩份申請屬不同申請人，須各自獲得決定。請分別作決定；如屬同一事項，可在兩宗個案各寫備註。',
    },
  ],
  'matches-not-found': [
    404,
    {
      en: 'Cases of this service are not matched with others. Go back to the case.',
      'zh-Hant': '這項服務的個案不設匹配。請返回個案。',
    },
  ],
  'case-not-merged': [
    409,
    {
      en: 'This case is not joined with another. Load its page again to see how it stands.',
      'zh-Hant': '這宗個案未有與其他個案合併。請重新載入個案頁面，查看現況。',
    },
  ],
  'officer-not-found': [
    422,
    {
      en: 'No officer of your department with the right role goes by this name. Choose one from the list.',
      'zh-Hant': '部門內沒有這名有相關職務的人員。請從列表選擇。',
    },
  ],
  'step-not-possible': [
    409,
    {
      en: 'This step cannot be taken as the case stands. Look at the case to see which can.',
      'zh-Hant': '以個案現況不能辦理這個步驟。請查看個案可辦理的步驟。',
    },
  ],
  'step-incomplete': [
    422,
    {
      en: 'Something is missing or cannot be read: {what}. Put it right and send it again.',
      'zh-Hant': '有資料欠缺或無法讀取：{what}。請更正後再送出。',
    },
  ],
  'reply-without-files': [
    409,
    {
      en: 'This question is answered in words alone: the officer did not ask for files.',
      'zh-Hant': '這項提問只須以文字答覆，人員沒有要求檔案。',
    },
  ],
  'reply-incomplete': [
    422,
    {
      en: 'The answer was not sent, and what you wrote is kept: {what}. Put it right and send it again.',
      'zh-Hant': '答覆未有送出，你填寫的內容已保留：{what}。請更正後再送出。',
    },
  ],
  'proposal-closed': [
    409,
    {
      en: 'This proposal waits no more: it was answered, or the case went on. Load the case again to see what came of it.',
      'zh-Hant': '這項建議已獲答覆，或個案已有進展，無須再處理。請重新載入個案，查看結果。',
    },
  ],
  'proposal-own': [
    403,
    {
      en: 'You proposed this yourself. Another officer must approve it.',
      'zh-Hant': '這是你提出的建議，須由另一名人員批准。',
    },
  ],
  'reply-not-asked': [
    409,
    {
      en: 'No question waits for your answer: you answered it, or its days are over. Open your application to see how it goes on.',
      'zh-Hant': '現時沒有等候你答覆的提問：你已答覆，或答覆限期已過。請開啟申請查看進度。',
    },
  ],
  'appeal-closed': [
    409,
    {
      en: 'A review of this decision cannot be asked for: it allows none, or the days for it are over. Write to the department if you still disagree.',
      'zh-Hant': '這項決定不設覆核，或申請覆核的限期已過。如仍有異議，請聯絡部門。',
    },
  ],
  'appeal-made': [
    409,
    {
      en: 'A review of this decision was asked for already. Open the application to follow it.',
      'zh-Hant': '已就這項決定申請覆核。請開啟申請查看進度。',
    },
  ],
  'complaint-waits': [
    409,
    {
      en: 'Your complaint waits for its answer. You can write again when it has come.',
      'zh-Hant': '你的投訴正等候回覆。收到回覆後可再提出。',
    },
  ],
  'complaint-closed': [
    409,
    {
      en: 'No complaint waits for an answer here: it may have been answered. Load the case again.',
      'zh-Hant': '這裏沒有等候回覆的投訴，可能已獲回覆。請重新載入個案。',
    },
  ],
  'decision-not-found': [
    404,
    {
      en: 'There is no decision with this number in the case. Choose one from its history.',
      'zh-Hant': '個案中沒有這個編號的決定。請從個案經過選擇。',
    },
  ],
  'letter-not-found': [
    404,
    {
      en: 'There is no letter with this number in the case. Choose one from its history.',
      'zh-Hant': '個案中沒有這個編號的信件。請從個案經過選擇。',
    },
  ],
  'letter-busy': [
    503,
    {
      en: 'Many letters are being made just now. Try again in a minute.',
      'zh-Hant': '現時有多封信件正在製作。請一分鐘後再試。',
    },
  ],
  'letter-not-made': [
    503,
    {
      en: 'The letter could not be made. What it says stands on the page of the case; try again in a minute.',
      'zh-Hant': '未能製作信件。信件內容見個案頁面，請一分鐘後再試。',
    },
  ],
  'case-entry-not-found': [
    404,
    {
      en: 'This case has let nothing stand in the ledger under this number. Open the case and follow its history.',
      'zh-Hant': '個案沒有以這個編號登錄日誌。請開啟個案，按其經過查看。',
    },
  ],
  'case-entry-waits': [
    409,
    {
      en: 'The entry waits to be published, which takes less than a second. Try again.',
      'zh-Hant': '條目等候公布，需時不到一秒。請再試。',
    },
  ],
  'approval-by-program': [
    403,
    {
      en: 'Two people must agree to this, and a program cannot be one of them. Sign in to the office yourself and do it there.',
      'zh-Hant': '此事須由兩個人同意，程式不能代替其中一人。請親自登入辦公頁面辦理。',
    },
  ],
} satisfies ProblemTable
