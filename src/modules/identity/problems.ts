import { problems } from '#platform'

export const problem = problems('identity', {
  'no-demonstration': [
    404,
    {
      en: 'Made-up people sign in only where the installation is a demonstration. Sign in with a passkey or a recovery code.',
      'zh-Hant': '只有示範系統才可以虛構人物登入。請用通行密鑰或復原碼登入。',
    },
  ],
  'person-not-found': [
    404,
    {
      en: 'There is no such person in this demonstration. Choose one from the list.',
      'zh-Hant': '示範中沒有這個人，請從名單中選擇。',
    },
  ],
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
  'interaction-gone': [
    410,
    {
      en: 'This step was open too long, was finished already, or began in another browser. Go back to the service and begin again.',
      'zh-Hant': '此步驟已逾時或已完成，或由另一瀏覽器開始。請返回該服務重新開始。',
    },
  ],
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
  'passkey-unknown': [
    403,
    {
      en: 'This passkey belongs to no account here; it may have been removed. Use another one, or a recovery code.',
      'zh-Hant': '這把通行密鑰不屬於本網站的任何帳戶，或已被移除。請用另一把，或使用復原碼。',
    },
  ],
  'passkey-of-another': [
    403,
    {
      en: 'That passkey belongs to another account. Sign in with the passkey of this one, or use a recovery code.',
      'zh-Hant': '這把通行密鑰屬於另一個帳戶。請用此帳戶的通行密鑰登入，或使用復原碼。',
    },
  ],
  'passkey-locked': [
    403,
    {
      en: 'This passkey is locked, as there seems to be a copy of it. Use another one or a recovery code, and then remove it from your account.',
      'zh-Hant': '這把通行密鑰疑被複製，已經鎖上。請用另一把或復原碼登入，然後在帳戶中移除它。',
    },
  ],
  'passkey-unverified': [
    403,
    {
      en: 'Your device did not check that it is you. Set up a screen lock, fingerprint or PIN for it, and try again.',
      'zh-Hant': '你的裝置未有核對使用者身份。請設定螢幕鎖、指紋或 PIN 碼後再試。',
    },
  ],
  'passkey-refused': [
    422,
    {
      en: 'What came from the passkey cannot be verified, so nothing was done. Open the page at its real address, and try again.',
      'zh-Hant': '未能核實通行密鑰的回應，因此沒有執行任何操作。請從真正的網址開啟本頁再試。',
    },
  ],
  'passkey-expired': [
    422,
    {
      en: 'That took too long, or was sent twice. Begin again.',
      'zh-Hant': '操作逾時，或已送出兩次。請重新開始。',
    },
  ],
  'passkey-known': [
    409,
    {
      en: 'This passkey belongs to an account already. Sign in with it, or make another one.',
      'zh-Hant': '這把通行密鑰已屬於一個帳戶。請用它登入，或建立另一把。',
    },
  ],
  'passkey-not-found': [
    404,
    {
      en: 'Your account has no such passkey; it may have been removed. See the list of your passkeys.',
      'zh-Hant': '你的帳戶沒有這把通行密鑰，或已被移除。請查看通行密鑰清單。',
    },
  ],
  'passkey-last': [
    409,
    {
      en: 'This is your last way in. Add another passkey or make recovery codes first, and then remove it.',
      'zh-Hant': '這是你最後的登入方法。請先加入另一把通行密鑰或建立復原碼，然後再移除。',
    },
  ],
  'passkeys-full': [
    409,
    {
      en: 'Your account has as many passkeys as it can hold. Remove one that you do not use, and then add this one.',
      'zh-Hant': '你帳戶的通行密鑰數目已達上限。請先移除不再使用的，再加入新的。',
    },
  ],
  'recovery-code-refused': [
    422,
    {
      en: 'This recovery code is not right, or was used before. Check it letter by letter, or take the next one on your list.',
      'zh-Hant': '復原碼不正確，或已經使用。請逐字核對，或改用清單上的下一個。',
    },
  ],
  'too-many-attempts': [
    429,
    {
      en: 'There were too many tries from your network. Wait {seconds} seconds and try again; a passkey works at once.',
      'zh-Hant': '你所用的網絡嘗試次數過多。請在 {seconds} 秒後再試；通行密鑰可隨時使用。',
    },
  ],
  'registration-expired': [
    404,
    {
      en: 'This began more than half an hour ago, or is finished. Open the account again from the beginning, or sign in.',
      'zh-Hant': '開戶手續已開始逾半小時，或已經完成。請重新開立帳戶，或直接登入。',
    },
  ],
  'session-not-found': [
    404,
    {
      en: 'This browser is signed out already. See where you are signed in.',
      'zh-Hant': '該瀏覽器已經登出。請查看你在何處登入。',
    },
  ],
  'account-made-up': [
    409,
    {
      en: 'This account is one of the made-up people of the demonstration, and stays. Sign out instead.',
      'zh-Hant': '這是示範系統的虛構人物帳戶，不能關閉。你可以登出。',
    },
  ],
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
      en: 'Nobody else administers this organisation. Grant that role to a successor first.',
      'zh-Hant': '這個機構沒有其他管理員。請先把職務委派給接任者。',
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
  'phone-code-dead': [
    403,
    {
      en: 'This code is no longer good: it changes every second, and one phone reads it. Scan the one that the screen in front of you shows now.',
      'zh-Hant': '此二維碼已經失效：它每秒更換，並只供一部手機讀取。請掃描你面前屏幕現時顯示的二維碼。',
    },
  ],
  'phone-order-not-found': [
    404,
    {
      en: 'This sign-in has ended, or another phone scanned it. Show a new code on the other screen, and scan that.',
      'zh-Hant': '這次登入已經結束，或已由另一部手機掃描。請在另一個屏幕顯示新的二維碼，然後掃描。',
    },
  ],
  'phone-not-approved': [
    409,
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
