import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('services', {
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
