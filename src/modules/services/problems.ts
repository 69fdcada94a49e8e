import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('services', {
  'definition-draft-not-found': [
    404,
    {
      en: 'Your department has no such service that is being written. Open the list, and begin its next version there.',
      'zh-Hant': '你的部門沒有正在撰寫的這項服務。請開啟列表，由該處開始撰寫下一版本。',
    },
  ],
  'definition-place-not-found': [
    404,
    {
      en: 'There is nothing at this place of the service any more. It may have been taken away; look at the overview.',
      'zh-Hant': '服務內已沒有這個部分，可能已被刪去。請查看概覽。',
    },
  ],
  'definition-too-large': [
    413,
    {
      en: 'The service would hold more than can be kept. What you typed last was not kept: shorten it, or take something away.',
      'zh-Hant': '服務內容超出可儲存的上限，剛才輸入的內容未有儲存。請縮短，或刪去部分內容。',
    },
  ],
  'definition-has-faults': [
    409,
    {
      en: 'To be put right in the service: {count}. The overview lists what and where.',
      'zh-Hant': '服務內尚有 {count} 項須更正。概覽已一一列出。',
    },
  ],
  'definition-outdated': [
    409,
    {
      en: 'Another version of this service was published since this one was begun. Discard this one, and begin again from what counts now; export it first if you want to keep it.',
      'zh-Hant': '開始撰寫後，這項服務已發布另一版本。請棄置這一版本，由現行版本重新開始；如要保留，請先匯出。',
    },
  ],
  'definition-of-another': [
    409,
    {
      en: 'The name for programs and the department of a service stay as they are. Write them as they were.',
      'zh-Hant': '服務的程式用名稱和部門不能更改。請改回原來的。',
    },
  ],
  'service-id-taken': [
    409,
    {
      en: 'This name for programs is taken, or is an address of the list of services. Choose another.',
      'zh-Hant': '這個程式用名稱已被使用，或屬服務列表的網址。請另選。',
    },
  ],
  'service-refused': [
    422,
    {
      en: 'Something about the new service is missing or not allowed: {what}. Put it right and send it again.',
      'zh-Hant': '新服務有資料欠缺或不獲准許：{what}。請更正後再送出。',
    },
  ],
  'no-other-editor': [
    409,
    {
      en: 'Nobody else in your department may let it be published. Ask for another service editor first.',
      'zh-Hant': '部門內沒有其他人可批准發布。請先申請增設另一名服務編輯。',
    },
  ],
  'publication-not-asked': [
    409,
    {
      en: 'Nobody asks for this version to be published, or it was changed since. Look at it again.',
      'zh-Hant': '沒有人要求發布這個版本，或其後已有更改。請重新查看。',
    },
  ],
  'publication-by-another': [
    403,
    {
      en: 'Whoever wrote a version or asked for it to be published does not let it through. Another editor of your department does.',
      'zh-Hant': '撰寫版本或要求發布的人不能批准發布，須由部門的另一名編輯批准。',
    },
  ],
  'is-preview': [
    409,
    {
      en: 'This is a preview: it shows how it is to apply, and nothing of it can be sent.',
      'zh-Hant': '這是預覽，只供查看申請過程，不能提交。',
    },
  ],
  'service-not-found': [
    404,
    {
      en: 'There is no service of this name here. Choose one from the list, or search.',
      'zh-Hant': '這裏沒有這項服務。請從列表選擇，或搜尋。',
    },
  ],
  'application-not-found': [
    404,
    {
      en: 'There is no such application here for you. Sign in as whoever began it, in the name in which it was begun, or open it in the browser in which it was begun.',
      'zh-Hant': '這裏沒有你的這宗申請。請以當初開始申請的身份登入，或使用當初的瀏覽器開啟。',
    },
  ],
  'application-sent': [
    409,
    {
      en: 'This application was sent already, so that nothing in it can be changed. Open it to see where it stands.',
      'zh-Hant': '這宗申請已經提交，不能再更改。請開啟申請查看進度。',
    },
  ],
  'application-in-account': [
    409,
    {
      en: 'This application is in your account, so that it needs no code: sign in on the other device.',
      'zh-Hant': '這宗申請已存於你的帳戶，無須代碼：在另一裝置登入便可。',
    },
  ],
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
      en: 'A grant is above nothing and no more than the plan costs. Send the proposal back and correct the amount.',
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
      en: 'Another officer must confirm what you proposed.',
      'zh-Hant': '你的建議須由另一名人員確認。',
    },
  ],
  'grant-incomplete': [
    422,
    {
      en: 'Something is missing or cannot be so: {what}',
      'zh-Hant': '資料不全或有誤：{what}',
    },
  ],
  'page-not-found': [
    404,
    {
      en: 'This form has no such page, or your answers do not lead there. Go on from the start of the application.',
      'zh-Hant': '表格沒有這一頁，或你的答案不會去到這頁。請由申請的首頁繼續。',
    },
  ],
  'thing-not-found': [
    404,
    {
      en: 'This is not in your list any more. Go back to the list and choose from there.',
      'zh-Hant': '你的列表內已沒有這一項。請返回列表選擇。',
    },
  ],
  'list-full': [
    409,
    {
      en: 'There may be {max} in this list. Take one away before you add another.',
      'zh-Hant': '列表最多可有 {max} 項。請先刪去一項，再加入新的。',
    },
  ],
  'draft-too-large': [
    413,
    {
      en: 'The application holds more than can be kept. Shorten the longest answers.',
      'zh-Hant': '申請內容超出可儲存的上限。請縮短較長的答案。',
    },
  ],
  'draft-busy': [
    503,
    {
      en: 'The application is being changed in several places at once. What you typed last was not kept: send it again.',
      'zh-Hant': '這宗申請正同時在多處更改，剛才輸入的內容未有儲存。請再送出一次。',
    },
  ],
  'file-not-found': [
    404,
    {
      en: 'There is no such file here for you. It may have been taken away; look at the application for those that there are.',
      'zh-Hant': '這裏沒有你的這個檔案，可能已被刪去。請在申請內查看現有檔案。',
    },
  ],
  'file-held': [
    409,
    {
      en: 'This file is held, as it was not checked for viruses yet. It can be opened once it is released.',
      'zh-Hant': '檔案尚未掃描病毒，現正暫存。放行後便可開啟。',
    },
  ],
  'file-refused': [
    410,
    {
      en: 'A virus was found in this file ({finding}), and it was deleted. Ask the person to send another.',
      'zh-Hant': '檔案驗出病毒（{finding}），已經刪除。請申請人另行提交。',
    },
  ],
  'file-waits': [
    409,
    {
      en: 'This file waits for the virus scanner, which releases it by itself. Come back in a few minutes.',
      'zh-Hant': '檔案正等候掃描病毒，掃描後會自動放行。請數分鐘後再來。',
    },
  ],
  'file-not-in-form': [
    415,
    {
      en: 'A file is sent as a form with one file in it (multipart/form-data). Choose the file on the page of its question.',
      'zh-Hant': '檔案須以載有一個檔案的表格（multipart/form-data）傳送。請在問題的頁面選擇檔案。',
    },
  ],
  'files-busy': [
    503,
    {
      en: 'Many files are being sent at this moment. Yours was not kept; send it again in a minute.',
      'zh-Hant': '現時有很多檔案正在傳送，你的檔案未有儲存。請一分鐘後再上載。',
    },
  ],
  'files-of-yours': [
    429,
    {
      en: 'Two files are being sent from your address already. Send this one when they are there.',
      'zh-Hant': '你的網址已有兩個檔案正在傳送。請待完成後再上載。',
    },
  ],
  'sign-in-first': [
    401,
    {
      en: 'This service needs you to be signed in, at the level that its page says. Sign in, and begin again.',
      'zh-Hant': '這項服務須登入，並達到服務頁面所列的級別。請登入後再開始。',
    },
  ],
  'service-not-open': [
    409,
    {
      en: 'This service takes no applications now. Its page says when it does.',
      'zh-Hant': '這項服務現時不接受申請。服務頁面載有接受申請的時間。',
    },
  ],
  'one-is-open': [
    409,
    {
      en: 'You have an application for this service that is not ended, and can have only one. Open it in your account.',
      'zh-Hant': '你已有一宗未完結的申請，而這項服務只可有一宗。請在你的帳戶開啟。',
    },
  ],
  'answers-changed': [
    409,
    {
      en: 'The answers were changed since you looked at them, perhaps in another tab. Look at them again and send them.',
      'zh-Hant': '答案在你核對之後有所更改，可能來自另一分頁。請再核對一次，然後提交。',
    },
  ],
  'answers-missing': [
    409,
    {
      en: 'Something is not answered yet, so that nothing was sent. Go on with the application.',
      'zh-Hant': '仍有問題未回答，因此未有提交。請繼續填寫申請。',
    },
  ],
  'source-unavailable': [
    503,
    {
      en: 'The register does not answer now. Type it yourself, and go on.',
      'zh-Hant': '登記冊現時沒有回應。請自行填寫，然後繼續。',
    },
  ],
  'no-made-up-source': [
    404,
    {
      en: 'There is no made-up register of this name here. It answers in a demonstration alone, to the programs of this installation.',
      'zh-Hant': '這裏沒有這個虛構登記冊。它只在示範環境供本系統的程式查詢。',
    },
  ],
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
      en: 'This case is your own. Another officer of the department works on it.',
      'zh-Hant': '這是你本人的個案，須由部門的另一名人員處理。',
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
    { en: 'This case has ended, so nothing more is done with it.', 'zh-Hant': '個案已結束，不能再處理。' },
  ],
  'case-waits': [
    409,
    {
      en: 'This case waits for a reply or an approval. It goes on when that has come.',
      'zh-Hant': '個案正等候答覆或批准，其後才能繼續。',
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
      en: 'Only an open case of the same service and department takes another in, and no review.',
      'zh-Hant': '只可併入同一部門同一服務的未結束個案，覆核個案不可合併。',
    },
  ],
  'case-not-merged': [409, { en: 'This case is not joined with another.', 'zh-Hant': '這宗個案未有與其他個案合併。' }],
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
  'proposal-closed': [
    409,
    {
      en: 'This proposal waits no more: it was answered, or the case went on.',
      'zh-Hant': '這項建議已不在等候：已獲答覆，或個案已有進展。',
    },
  ],
  'proposal-own': [
    403,
    {
      en: 'You proposed this yourself. Another officer must approve it.',
      'zh-Hant': '這是你提出的建議，須由另一名人員批准。',
    },
  ],
  'reply-not-asked': [409, { en: 'No question waits for your answer.', 'zh-Hant': '現時沒有等候你答覆的提問。' }],
  'appeal-closed': [
    409,
    {
      en: 'This decision cannot be reviewed, or not any more: the days to ask for it are over.',
      'zh-Hant': '這項決定不能覆核，或申請覆核的限期已過。',
    },
  ],
  'appeal-made': [409, { en: 'A review of this decision was asked for already.', 'zh-Hant': '已就這項決定申請覆核。' }],
  'complaint-waits': [
    409,
    {
      en: 'Your complaint waits for its answer. You can write again when it has come.',
      'zh-Hant': '你的投訴正等候回覆。收到回覆後可再提出。',
    },
  ],
  'complaint-closed': [409, { en: 'No complaint waits for an answer here.', 'zh-Hant': '這裏沒有等候回覆的投訴。' }],
  'cohort-not-found': [
    404,
    {
      en: 'Your department has no such operation on many cases. Look at the list.',
      'zh-Hant': '你的部門沒有這項批量處理。請查看列表。',
    },
  ],
  'cohort-changed': [
    409,
    {
      en: 'This operation has gone on since you opened it. Look at it again, and then decide.',
      'zh-Hant': '你開啟後，這項批量處理已有進展。請重新查看再作決定。',
    },
  ],
  'cohort-undo-closed': [
    409,
    {
      en: 'The 30 days in which this can be undone are over. Change cases one by one, or propose another operation.',
      'zh-Hant': '撤銷的 30 天期限已過。請逐宗處理，或提出另一項批量處理。',
    },
  ],
  'cohort-refused': [
    422,
    {
      en: 'Something in the choice of cases is missing or cannot be read: {what}. Put it right and send it again.',
      'zh-Hant': '個案範圍有資料欠缺或無法讀取：{what}。請更正後再送出。',
    },
  ],
  'decision-not-found': [
    404,
    { en: 'There is no decision with this number in the case.', 'zh-Hant': '個案中沒有這個編號的決定。' },
  ],
  'letter-not-found': [
    404,
    { en: 'There is no letter with this number in the case.', 'zh-Hant': '個案中沒有這個編號的信件。' },
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
      'zh-Hant': '個案沒有以這個編號登錄日誌。請打開個案，按其經過查看。',
    },
  ],
  'case-entry-waits': [
    409,
    {
      en: 'The entry waits to be published, which takes less than a second. Try again.',
      'zh-Hant': '條目等候公布，需時不到一秒。請再試。',
    },
  ],
  'session-not-found': [
    404,
    {
      en: 'Your department has no such session. Look at the list.',
      'zh-Hant': '你的部門沒有這個場次。請查看列表。',
    },
  ],
  'session-closed': [
    409,
    {
      en: 'The session that you chose takes nobody any more. Your application is kept; choose another session and send it again.',
      'zh-Hant': '你選擇的場次已停止報名。申請內容已保留，請另選場次再提交。',
    },
  ],
  'session-full': [
    409,
    {
      en: 'The last place of the session that you chose was just taken. Your application is kept; choose another session and send it again.',
      'zh-Hant': '你選擇的場次剛剛額滿。申請內容已保留，請另選場次再提交。',
    },
  ],
  'session-refused': [
    422,
    {
      en: 'Something in the session is missing or not allowed: {what}. Put it right and send it again.',
      'zh-Hant': '場次有資料欠缺或不獲准許：{what}。請更正後再送出。',
    },
  ],
  'session-cancelled': [
    409,
    {
      en: 'This session is cancelled, and nothing of it can be changed any more.',
      'zh-Hant': '場次已取消，不能再更改。',
    },
  ],
  'session-not-begun': [
    409,
    {
      en: 'Who came can be noted from when the session begins.',
      'zh-Hant': '場次開始後才可記錄出席情況。',
    },
  ],
  'place-not-changed': [
    409,
    {
      en: 'The place is not as this page showed it: it was given up, or an offer has ended. Open the page of your application again.',
      'zh-Hant': '名額狀況已改變：可能已經放棄，或接受限期已過。請重新打開申請頁面。',
    },
  ],
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
      en: 'Too few judges have accepted for “{stream}”: each entry needs {count}, and nobody judges their own. Invite more.',
      'zh-Hant': '「{stream}」接受邀請的評審不足：每個項目須有 {count} 名評審，而且不可評審自己的項目。請多邀請幾名。',
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
  'webhook-not-found': [
    404,
    {
      en: 'Your department has no such webhook. It may have been removed; look at the list.',
      'zh-Hant': '你的部門沒有這個 Webhook，可能已被刪除。請查看列表。',
    },
  ],
  'delivery-not-found': [
    404,
    {
      en: 'There is no such message of this webhook. Messages are kept for 30 days.',
      'zh-Hant': '這個 Webhook 沒有這則通知。通知保留 30 天。',
    },
  ],
  'webhooks-full': [
    409,
    {
      en: 'Your department has as many webhooks as it can have. Remove one that is not used.',
      'zh-Hant': '部門的 Webhook 已達上限。請刪除不再使用的。',
    },
  ],
  'webhook-refused': [
    422,
    {
      en: 'Something in the webhook is missing or not allowed: {what}. Put it right and send it again.',
      'zh-Hant': 'Webhook 有資料欠缺或不獲准許：{what}。請更正後再送出。',
    },
  ],
  'text-missing': [
    422,
    { en: 'There is no text in this. Write something, and send it again.', 'zh-Hant': '內容空白。請填寫後再送出。' },
  ],
  'comment-not-found': [
    404,
    {
      en: 'There is no such comment for your department. Choose one from the list.',
      'zh-Hant': '你的部門沒有這項意見。請從列表選擇。',
    },
  ],
  'comment-is-own': [
    403,
    {
      en: 'You wrote this comment yourself. Another officer of your department answers it.',
      'zh-Hant': '這項意見由你提出，須由部門另一名人員回覆。',
    },
  ],
  'comment-taken': [
    409,
    {
      en: 'Another officer has taken this comment. Take it over first if you want to answer it.',
      'zh-Hant': '另一名人員正處理這項意見。如要回覆，請先接手處理。',
    },
  ],
  'comment-settled': [
    409,
    {
      en: 'Another officer has answered or closed this comment already. Open it to see how.',
      'zh-Hant': '另一名人員已回覆或結束這項意見。請開啟查看。',
    },
  ],
  'comment-wants-none': [
    409,
    {
      en: 'Whoever wrote this comment wants no answer. Close it when you have read it.',
      'zh-Hant': '提出者無須回覆。閱讀後可結束這項意見。',
    },
  ],
  'comment-refused': [
    422,
    {
      en: 'Something in this comment or answer is missing or too long. Put it right and send it again.',
      'zh-Hant': '意見或回覆有欠缺或過長的內容。請更正後再送出。',
    },
  ],
  'comments-of-yours': [
    429,
    {
      en: 'You have {max} comments that wait for an answer. Write the next one when one of them is answered.',
      'zh-Hant': '你有 {max} 項意見等候回覆。其中一項獲回覆後，便可再提出。',
    },
  ],
  'comments-of-address': [
    429,
    {
      en: 'This is more than {max} comments in an hour from your network. Send it again in an hour.',
      'zh-Hant': '你所用的網絡在一小時內送出超過 {max} 項意見。請一小時後再送出。',
    },
  ],
  'comments-full': [
    429,
    {
      en: 'Very many comments came for this service today. Sign in and send yours, or come back tomorrow.',
      'zh-Hant': '這項服務今天收到大量意見。請登入後再送出，或明天再試。',
    },
  ],
  'subscriptions-full': [
    409,
    {
      en: 'You are told of changes of {max} services, which is the most. End one that you no longer need.',
      'zh-Hant': '你已訂閱 {max} 項服務，達到上限。請取消不再需要的訂閱。',
    },
  ],
  'sitemap-file-not-found': [
    404,
    {
      en: 'The sitemap has {files} files. Read /sitemap.xml for the list of them.',
      'zh-Hant': '網站地圖共有 {files} 個檔案。清單見 /sitemap.xml。',
    },
  ],
  'topic-not-found': [
    404,
    {
      en: 'There is no such audience or moment of life here. Choose one from the list of services.',
      'zh-Hant': '這裏沒有這個服務對象或人生階段。請從服務列表選擇。',
    },
  ],
  'department-not-found': [
    404,
    {
      en: 'There is no such department here. Choose one from the list.',
      'zh-Hant': '這裏沒有這個部門。請從列表選擇。',
    },
  ],
})
