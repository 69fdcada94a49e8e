import { refusals } from './refusals.ts'

/** Refusals about signing, messages and what else is asked for. */
export const paperProblems = refusals({
  'certificate-not-found': [
    404,
    {
      en: 'The signing authority has no such file. Its page lists those that it has.',
      'zh-Hant': '簽署核證機關沒有這個檔案。可在其網頁查看現有檔案。',
    },
  ],
  'query-unreadable': [
    415,
    {
      en: 'This address reads what programs send: a query of RFC 3161 or RFC 6960 in DER. Send one with its content type.',
      'zh-Hant': '本網址只接受程式送出的 RFC 3161 或 RFC 6960 查詢（DER 格式）。請連同內容類型送出。',
    },
  ],
  'request-not-found': [
    404,
    {
      en: 'There is nothing to sign at this address, or it is for somebody else. Check the address with whoever gave it to you.',
      'zh-Hant': '這個網址沒有待簽署的文件，或文件是交由他人簽署的。請向提供網址的一方查詢。',
    },
  ],
  'request-ended': [
    409,
    {
      en: 'This can be signed no more: its time ran out, or it was declined. Ask for it again.',
      'zh-Hant': '這份文件已不能簽署：限期已過，或已被拒絕簽署。請重新要求。',
    },
  ],
  'request-busy': [
    409,
    {
      en: 'You are signing in another window at this moment, or something changed meanwhile. Open the page again and look whether it is signed.',
      'zh-Hant': '你正在另一個視窗簽署，或期間有資料變更。請重新開啟本頁，查看是否已經簽署。',
    },
  ],
  'files-busy': [
    503,
    {
      en: 'Many files are being read at this moment, so yours was not taken. Try again in half a minute.',
      'zh-Hant': '現正讀取多個檔案，未能接收你的檔案。請半分鐘後再試。',
    },
  ],
  'files-of-yours': [
    503,
    {
      en: 'Two files from you or your network are being received or read at this moment. Wait until one is done, and send this one again.',
      'zh-Hant': '現正接收或讀取兩個由你或你所在網絡送出的檔案。請待其中一個完成後再次送出。',
    },
  ],
  'signing-for-another': [
    403,
    {
      en: 'Nobody signs for another person. Act for yourself again, and then sign with your own key.',
      'zh-Hant': '任何人都不能代他人簽署。請先回復以本人身份行事，再用自己的密鑰簽署。',
    },
  ],
  'signing-unnamed': [
    403,
    {
      en: 'No document of yours proves your name just now, and a signature bears a proven name. Prove a document at /account/level, and then sign.',
      'zh-Hant': '目前沒有證件核實你的姓名，而簽署須以經核實的姓名作出。請先在「身份核實級別」核實證件，然後簽署。',
    },
  ],
  'signing-by-passkey': [
    403,
    {
      en: 'You signed in here by another device or a code. Sign in with a passkey on this device, and then sign.',
      'zh-Hant': '你是經另一裝置或以代碼登入。請在這部裝置用通行密鑰登入，然後簽署。',
    },
  ],
  'signature-not-kept': [
    404,
    {
      en: 'This file is not kept here any more, or was never here. Your account lists what can still be fetched.',
      'zh-Hant': '這個檔案已不再存放於此，或從未存放於此。可在你的帳戶查看仍可取回的檔案。',
    },
  ],
  'timestamp-unavailable': [
    503,
    {
      en: 'No time stamp could be had, so nothing was signed. Try again in a few minutes.',
      'zh-Hant': '未能取得時間戳記，因此沒有簽署。請過幾分鐘再試。',
    },
  ],
  'recipient-not-found': [
    422,
    {
      en: 'One of those to whom this should go has no open account here, so nothing was sent. Check the list and send it again.',
      'zh-Hant': '收件人當中有人沒有有效帳戶，因此未有發出任何訊息。請核對名單後再發送。',
    },
  ],
  'message-not-found': [
    404,
    {
      en: 'There is no such message in your inbox. Open the inbox to see what is.',
      'zh-Hant': '你的收件匣沒有這則訊息。請到收件匣查看。',
    },
  ],
  'message-unread': [
    409,
    { en: 'Open the message first; then say that you have read it.', 'zh-Hant': '請先開啟訊息，再確認已閱讀。' },
  ],
  'not-a-push-service': [
    422,
    {
      en: 'This browser gave an address that cannot be used. Use another browser, or be told by mail.',
      'zh-Hant': '瀏覽器提供的地址不能使用。請改用其他瀏覽器，或以電郵接收通知。',
    },
  ],
  'too-many-browsers': [
    409,
    {
      en: 'Twenty browsers tell you of messages already. Stop one of them, then add this one.',
      'zh-Hant': '已有二十個瀏覽器接收通知。請先停止其中一個，再加入這個瀏覽器。',
    },
  ],
  'no-such-link': [
    404,
    {
      en: 'This link is not complete. Copy it whole from the mail, or sign in and choose how you are told of messages.',
      'zh-Hant': '連結不完整。請從電郵複製整條連結，或登入後更改通知設定。',
    },
  ],
  'no-organisation': [
    403,
    {
      en: 'You act for no organisation. Choose the one for which you ask for signatures.',
      'zh-Hant': '你目前並非代表任何機構行事。請先選擇你代表哪個機構要求簽署。',
    },
  ],
  'key-of-another-sending': [
    409,
    {
      en: 'Something else was sent under this idempotency key. Use a new key for a new sending.',
      'zh-Hant': '這個冪等鍵已用於另一次發送。新的發送請使用新的鍵。',
    },
  ],
  'batch-not-found': [
    404,
    {
      en: 'Your department sent nothing under this number. Look in the list of what was sent.',
      'zh-Hant': '你的部門沒有這個編號的發送紀錄。請查看發送紀錄。',
    },
  ],
  'no-outbox': [
    404,
    {
      en: 'Mails are shown only in a demonstration. Here they go to their addresses.',
      'zh-Hant': '只有示範系統會展示電郵；本系統的電郵會直接發送到收件地址。',
    },
  ],
})
