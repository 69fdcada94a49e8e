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
      en: 'You act for no department that can send messages. Choose for which you act, then try again.',
      'zh-Hant': '你並非代表可發送訊息的部門行事。請選擇所代表的部門，然後再試。',
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
