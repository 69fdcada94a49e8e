import { refusals } from './refusals.ts'

/** Refusals about services, platforms and what they are told. */
export const serviceProblems = refusals({
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
  'channel-change-gone': [
    409,
    {
      en: 'This change was decided already, or another one was asked for since. See how the channel stands now.',
      'zh-Hant': '這項更改已有決定，或其後已有另一項更改要求。請查看渠道的現況。',
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
  'channel-link-too-new': [
    403,
    {
      en: 'You came in by a recovery code, or with a passkey added from one within the last day, and a link is a way in. Sign in with a passkey that you had before, or wait for a day, and link then.',
      'zh-Hant':
        '你以復原碼登入，或所用通行密鑰是一日內經復原碼加入的，因此暫不能加設登入方法。請以原有的通行密鑰登入，或一日後再連結。',
    },
  ],
  'channel-level-too-low': [
    403,
    {
      en: 'At your level {channel} takes nobody. Prove more of who you are, and sign in there again.',
      'zh-Hant': '{channel}不接受你目前的核實級別。請先提升級別，再登入該平台。',
    },
  ],
  'channel-last-way-in': [
    409,
    {
      en: 'This is the only way into this account, so it stays linked. Add a passkey first, and then unlink it.',
      'zh-Hant': '這是登入本帳戶的唯一方法，因此沒有解除連結。請先加入通行密鑰，然後再解除。',
    },
  ],
  'channel-not-linked': [
    404,
    {
      en: 'This is not linked to your account, or not any more. Nothing was changed.',
      'zh-Hant': '此項並未與你的帳戶連結，或已解除連結。沒有作出更改。',
    },
  ],
  'field-not-found': [
    404,
    {
      en: 'Your profile has no field of this name that you can write. See your profile.',
      'zh-Hant': '個人資料中沒有這項可填寫的資料。請查看你的個人資料。',
    },
  ],
  'field-verified': [
    409,
    {
      en: 'This field is verified by your identity document, so you cannot write it yourself. If it is wrong, prove a newer document.',
      'zh-Hant': '此項已按身份證明文件核實，不能自行更改。如有錯誤，請核實較新的證件。',
    },
  ],
  'name-proven': [
    409,
    {
      en: 'Your identity is proven, so you cannot change how you are addressed yourself. If it is wrong, bring your document to a counter.',
      'zh-Hant': '你的身份已經核實，因此不能自行更改稱呼。如有錯誤，請攜同證件前往櫃位。',
    },
  ],
  'field-not-asked': [
    400,
    {
      en: 'Something was sent that the service did not ask for, so nothing was agreed. Go back to the page, and answer there.',
      'zh-Hant': '收到服務沒有要求的資料項，因此沒有作出同意。請返回該頁再作答。',
    },
  ],
  'consent-not-found': [
    404,
    {
      en: 'You have no agreement of this number. See what services are told.',
      'zh-Hant': '你沒有這項同意的紀錄。請查看你同意提供的資料。',
    },
  ],
  'receipt-not-found': [
    404,
    {
      en: 'You have no receipt of this number, or it is older than 24 months. See when services were told something.',
      'zh-Hant': '你沒有這張收據，或收據已超過 24 個月。請查看資料提供紀錄。',
    },
  ],
  'token-not-taken': [
    403,
    {
      en: 'This address takes no access token. Open it in a browser where you are signed in.',
      'zh-Hant': '本網址不接受存取權杖。請在已登入的瀏覽器開啟。',
    },
  ],
  'token-invalid': [
    401,
    {
      en: 'The access token is unknown, has ended or was taken back. Ask for a new one.',
      'zh-Hant': '存取權杖不明、已到期或已撤回。請重新取得權杖。',
    },
  ],
  'token-scope': [
    403,
    {
      en: 'The access token does not carry {scope} here. Ask for a token that does.',
      'zh-Hant': '存取權杖在此並無「{scope}」的權限。請取得具此權限的權杖。',
    },
  ],
  'filling-token': [
    401,
    {
      en: 'This needs an access token of your own client for this address, sent as a bearer token. Ask for one by client credentials, with the scope filling and this address as resource.',
      'zh-Hant':
        '須以 bearer token 送出本網址的客戶端存取權杖。請以 client credentials 取得，範圍為 filling，resource 為本網址。',
    },
  ],
  'filling-scope': [
    403,
    {
      en: 'This token does not have the scope filling. Ask for one that has.',
      'zh-Hant': '此權杖沒有 filling 範圍。請另取具有該範圍的權杖。',
    },
  ],
  'filling-unapproved': [
    403,
    {
      en: 'This client is not approved for forms, so none of its tokens has the scope filling, in the sandbox neither. Ask for approval on the page of the client, at /developers/clients: it takes a client with its own key, and tokens bound to a key by DPoP.',
      'zh-Hant':
        '此客戶端未獲批准使用表格，因此其權杖均沒有 filling 範圍，試用時亦然。請在 /developers/clients 的客戶端頁面申請批准：須使用自備密鑰的客戶端，並以 DPoP 把權杖綁定密鑰。',
    },
  ],
  'filling-field': [
    400,
    {
      en: 'A form cannot ask for “{field}” like this: there is no such field, no document verifies it, or it is asked for twice. See the fields in the documentation of consent.',
      'zh-Hant': '表格不能這樣要求「{field}」：沒有這項資料、沒有證件可核實，或重複要求。請參閱有關同意的文件。',
    },
  ],
  'filling-address': [
    400,
    {
      en: 'The return address is none of this client’s redirect URIs. Register it, or send one of them letter by letter.',
      'zh-Hant': '返回網址不是此客戶端的重新導向網址。請先登記，或逐字送出其中一個。',
    },
  ],
  'filling-too-many': [
    429,
    {
      en: 'A thousand forms of this client wait already. Ask again when people have answered them, or in half an hour.',
      'zh-Hant': '此客戶端已有一千份表格等候填寫。請待填寫後或半小時後再提出。',
    },
  ],
  'filling-code': [
    400,
    {
      en: 'This code was used, is older than five minutes, or belongs to another client. Begin a new form.',
      'zh-Hant': '此代碼已使用、已超過五分鐘，或屬於另一客戶端。請重新開始表格。',
    },
  ],
  'filling-gone': [
    410,
    {
      en: 'This form was answered already, or was open for longer than half an hour. Go back to the service and begin again.',
      'zh-Hant': '此表格已經作答，或已開啟超過半小時。請返回該服務重新開始。',
    },
  ],
  'filling-nothing': [
    400,
    {
      en: 'Nothing is ticked, so nothing would be sent. Go back and tick what you want to send, or refuse.',
      'zh-Hant': '沒有勾選任何資料，因此不會送出。請返回勾選要送出的資料，或拒絕。',
    },
  ],
  'request-gone': [
    410,
    {
      en: 'This request was answered already, or its five minutes are over. Ask the staff to begin again.',
      'zh-Hant': '這項要求已獲回覆，或已超過五分鐘。請職員重新開始。',
    },
  ],
  'service-suspended': [
    403,
    {
      en: 'This service is suspended, so nobody can sign in to it or fill in its forms for now. Nothing was told to it.',
      'zh-Hant': '此服務已暫停，現時不能登入或填寫其表格。沒有向其提供任何資料。',
    },
  ],
  'interaction-gone': [
    410,
    {
      en: 'This step was open too long, was finished already, or began in another browser. Go back to the service and begin again.',
      'zh-Hant': '此步驟已逾時或已完成，或由另一瀏覽器開始。請返回該服務重新開始。',
    },
  ],
  'interaction-answered': [
    409,
    {
      en: 'You answered this request in another window, and the first answer counts. If you agreed there, you can take it back in your account, under “What services are told”.',
      'zh-Hant': '你已在另一視窗回覆這項要求，以首次回覆為準。如你在該處表示同意，可在帳戶的「你同意提供的資料」撤回。',
    },
  ],
  'client-not-found': [
    404,
    {
      en: 'You have no client with this identifier. Look in the list of your clients.',
      'zh-Hant': '你沒有這個代號的客戶端。請查看你的客戶端清單。',
    },
  ],
  'clients-full': [
    409,
    {
      en: 'You have as many clients as one person may register. Delete one that you do not use, or try again tomorrow.',
      'zh-Hant': '你登記的客戶端已達上限。請刪除不再使用的，或明天再試。',
    },
  ],
  'filling-withheld': [
    403,
    {
      en: '“{field}” is of high risk, and nobody has approved it for this client. Leave it out, or ask for approval on the page of the client.',
      'zh-Hant': '「{field}」屬高風險資料，此客戶端未獲批准使用。請刪去此項，或在客戶端頁面申請批准。',
    },
  ],
  'client-request-gone': [
    409,
    {
      en: 'Nothing waits for a decision here: another officer was faster. Look at the client again.',
      'zh-Hant': '沒有待決定的申請：可能已由另一審批人員處理。請再查看客戶端。',
    },
  ],
  'client-other-kind': [
    409,
    {
      en: 'This client proves who it is in another way, so there is nothing to change here. Go back to its page.',
      'zh-Hant': '這個客戶端以另一方法證明自己，無須在此更改。請返回其頁面。',
    },
  ],
  'client-other-state': [
    409,
    {
      en: 'This client has changed meanwhile, so nothing was done. Go back to its page and look again.',
      'zh-Hant': '這個客戶端的狀況已經改變，因此沒有執行。請返回其頁面再看。',
    },
  ],
})
