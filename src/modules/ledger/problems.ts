import { problems } from '#platform'

/** Every refusal of this module. */
export const problem = problems('ledger', {
  'log-not-found': [
    404,
    {
      en: 'There is no log of this name here. Choose one from the list of logs.',
      'zh-Hant': '這裏沒有這個名稱的日誌。請從日誌列表選擇。',
    },
  ],
  'tile-not-found': [
    404,
    {
      en: 'The log has nothing at this address: not yet, or not in this spelling. Read its checkpoint first.',
      'zh-Hant': '日誌在這個網址沒有內容：可能尚未有，或寫法不符。請先讀取檢查點。',
    },
  ],
  'index-not-found': [
    404,
    {
      en: 'No index is kept of this log, so nothing can be said of all entries of one item. Read the log itself.',
      'zh-Hant': '這個日誌沒有索引，因此不能證明某登記項的全部條目。請直接讀取日誌。',
    },
  ],
  'index-waiting': [
    503,
    {
      en: 'The index of this log has no root that is published yet. It takes a second or two; ask again.',
      'zh-Hant': '日誌的索引尚未公布其根，約需一兩秒；請再查詢。',
    },
  ],
  'history-too-long': [
    422,
    {
      en: 'The item has more than {max} entries, more than one file holds. Compute it from the log, by “ledger replay”.',
      'zh-Hant': '這個登記項有超過 {max} 個條目，一個檔案容納不下。請以「ledger replay」由日誌計算。',
    },
  ],
  'policy-not-found': [
    404,
    {
      en: 'This log asks for no witness: its checkpoints are served as the log signs them.',
      'zh-Hant': '這個日誌沒有要求見證者：檢查點由日誌簽署後即提供。',
    },
  ],
  'checkpoint-not-anchored': [
    404,
    {
      en: 'No checkpoint of this size that holds the entry was queued for a chain. Choose a size from the anchors of the log.',
      'zh-Hant': '沒有這個大小而包含該條目的檢查點列入上鏈。請從日誌的鏈上錨定列表選擇。',
    },
  ],
  'not-anchored': [
    404,
    {
      en: 'The checkpoints of this log are not written to a chain. Its proofs hold without one.',
      'zh-Hant': '這個日誌的檢查點沒有寫到鏈上。其證明無須區塊鏈亦成立。',
    },
  ],
  'entry-not-found': [
    404,
    {
      en: 'The log has no such entry. If it was sent just now, ask again in a second.',
      'zh-Hant': '日誌沒有這個條目。如剛剛才送出，請稍候一秒再查詢。',
    },
  ],
  'act-not-found': [
    404,
    {
      en: 'There is no such line in your part of the audit trail. Choose one from your account.',
      'zh-Hant': '審計軌跡中與你有關的部分沒有這一行。請從你的帳戶選擇。',
    },
  ],
  'key-refused': [
    401,
    {
      en: 'This needs a key of a program, sent as “Authorization: Bearer …”. The one that came is unknown, was withdrawn, or has ended.',
      'zh-Hant': '須以「Authorization: Bearer …」附上程式密鑰；收到的密鑰不明、已撤銷或已到期。',
    },
  ],
  'key-scope': [
    403,
    {
      en: 'The key of this program does not allow this: {scope}. Ask the ledger officer of your organisation for one that does.',
      'zh-Hant': '這條程式密鑰並無此權限：{scope}。請向所屬機構的日誌人員申請。',
    },
  ],
  'log-not-open': [
    403,
    {
      en: 'Your organisation does not write to the log “{log}”.',
      'zh-Hant': '你的機構不能寫入日誌「{log}」。',
    },
  ],
  'key-reused': [
    409,
    {
      en: 'This Idempotency-Key was sent before with other entries. Send the same entries again, or take a new key.',
      'zh-Hant': '這個 Idempotency-Key 曾隨其他條目送出。請重送相同條目，或改用新的鍵。',
    },
  ],
  'log-busy': [
    503,
    {
      en: 'More is being written than can be kept just now. Nothing of this request was kept; send it again in a few seconds.',
      'zh-Hant': '現時寫入量過大，這項要求完全沒有保存。請幾秒後再送出。',
    },
  ],
  'quota-reached': [
    429,
    {
      en: 'Your organisation has written as much today as it may, so nothing of this request was kept. Send it again after midnight (UTC); the ledger officer of your organisation sees the quota and can ask for a higher one.',
      'zh-Hant':
        '你的機構今日的寫入量已達限額，這項要求完全沒有保存。請於協調世界時零時後再送出；所屬機構的日誌人員可查看限額及申請調高。',
    },
  ],
  'quota-of-nobody': [
    404,
    {
      en: 'This organisation writes to no log, so it has no quota. Choose one from the list.',
      'zh-Hant': '這個機構不寫入任何日誌，因此沒有限額。請從列表選擇。',
    },
  ],
  'quota-set-meanwhile': [
    409,
    {
      en: 'Another officer set this quota at the same moment. Open the page again to see which counts.',
      'zh-Hant': '另一名人員同時設定了這項限額。請重新開啟該頁，查看現行限額。',
    },
  ],
  'key-not-found': [
    404,
    {
      en: 'The organisation for which you act has no key of this name. Choose one from its list.',
      'zh-Hant': '你所代表的機構沒有這條密鑰。請從列表選擇。',
    },
  ],
  'key-ended': [
    409,
    {
      en: 'This key opens nothing any more, so there is nothing to change. Make a new one if a program needs it.',
      'zh-Hant': '這條密鑰已經失效，無須再作更改。如程式需要，請另行產生。',
    },
  ],
  'key-replaced': [
    409,
    {
      en: 'Another key follows this one already. Open it from the list; if its text was not kept, rotate that one.',
      'zh-Hant': '這條密鑰已有後繼。請從列表開啟；如沒有保存其文字，請更換該條。',
    },
  ],
  'key-form-used': [
    409,
    {
      en: 'A key was made with this form before, and its text is shown no more. If it was not kept, withdraw that key and open the form again.',
      'zh-Hant': '這份表格已產生過密鑰，其文字不再顯示。如沒有保存，請撤銷該密鑰，再重新開啟表格。',
    },
  ],
  'alarm-not-found': [
    404,
    {
      en: 'There is no such alarm, or it is closed already. Choose one from the list.',
      'zh-Hant': '沒有這個警報，或已經解除。請從列表選擇。',
    },
  ],
  'ceremony-not-open': [
    409,
    {
      en: 'There is nothing for you to witness: another officer did it already, or it is your own act, which somebody else has to see.',
      'zh-Hant': '沒有可由你見證的紀錄：已由其他人員見證，或屬你本人的操作，須由他人見證。',
    },
  ],
  'rotation-waits': [
    409,
    {
      en: 'New keys of this log were asked for already, and wait for a second officer. Open the page again to see it.',
      'zh-Hant': '已有人要求更換這個日誌的密鑰，正等候第二名人員批准。請重新開啟該頁查看。',
    },
  ],
  'rotation-gone': [
    409,
    {
      en: 'This was decided already, or you asked for it yourself, so that another officer has to approve. Open the page again.',
      'zh-Hant': '這項要求已有決定，或由你提出而須由另一名人員批准。請重新開啟該頁。',
    },
  ],
  'no-log-open': [
    403,
    {
      en: 'The organisation for which you act writes to no log, so it cannot notarise here. Whoever runs this site can name it in the pack.',
      'zh-Hant': '你所代表的機構不能寫入任何日誌，因此不能在此存證。可請本網站的營運者在資料包列明該機構。',
    },
  ],
  'form-reused': [
    409,
    {
      en: 'This form was sent before with something else, and that was entered. Open the page again for another document.',
      'zh-Hant': '這份表格曾連同其他內容送出，並已登錄。如屬另一份文件，請重新開啟該頁。',
    },
  ],
  'form-without-token': [
    400,
    {
      en: 'The form came without its token, a UUID that stands for one document. Open the page again, or make one; send it before the file.',
      'zh-Hant': '表格沒有附上代表一份文件的識別碼（UUID）。請重新開啟該頁，或自行產生一個；識別碼須在檔案之前送出。',
    },
  ],
  'notarisation-not-found': [
    404,
    {
      en: 'The organisation for which you act has no notarisation of this number. Choose one from its list.',
      'zh-Hant': '你所代表的機構沒有這個編號的存證。請從列表選擇。',
    },
  ],
  'notarisation-waiting': [
    404,
    {
      en: 'The log has not published this entry yet. It takes about a second; ask again.',
      'zh-Hant': '日誌尚未公布這個條目，約需一秒；請再查詢。',
    },
  ],
  'notarisation-erased': [
    410,
    {
      en: 'The salt of this notarisation was erased, so there is no certificate any more. The proof of the entry is still there.',
      'zh-Hant': '這項存證的鹽值已經刪除，因此不再有證書。條目的證明仍可下載。',
    },
  ],
  'timestamp-waiting': [
    404,
    {
      en: 'The time stamp is not there yet. The authority is asked again every few minutes; look again later.',
      'zh-Hant': '時間戳記尚未備妥。系統每隔數分鐘會再向時間戳記機構索取，請稍後再查看。',
    },
  ],
  'authority-elsewhere': [
    404,
    {
      en: 'An authority elsewhere stamped this time. Ask whoever runs it for its certificate.',
      'zh-Hant': '這個時間戳記由另一機構簽發。請向該機構索取其證書。',
    },
  ],
  'verify-busy': [
    503,
    {
      en: 'Too many files are being checked just now. Try again in a minute; a browser with JavaScript checks them on your own device.',
      'zh-Hant': '現時查核的檔案過多。請一分鐘後再試；啟用 JavaScript 的瀏覽器可在你的裝置上查核。',
    },
  ],
  'pdf-busy': [
    503,
    {
      en: 'Too many PDFs are being made just now. Ask again in a minute, or take the certificate as HTML.',
      'zh-Hant': '現時製作的 PDF 過多。請一分鐘後再試，或下載 HTML 證書。',
    },
  ],
  'pdf-not-made': [
    503,
    {
      en: 'The PDF could not be made. Try again in a minute, or take the certificate as HTML.',
      'zh-Hant': '未能製作 PDF。請一分鐘後再試，或下載 HTML 證書。',
    },
  ],
})
