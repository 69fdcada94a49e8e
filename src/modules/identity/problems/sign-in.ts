import { refusals } from './refusals.ts'

/** Refusals about signing in, accounts and their passkeys. */
export const signInProblems = refusals({
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
  'recovery-code-missing': [422, { en: 'Write one of your recovery codes.', 'zh-Hant': '請填寫一個復原碼。' }],
  'recovery-code-refused': [
    422,
    {
      en: 'This recovery code is not right, or was used before. Check it letter by letter, or take the next one on your list.',
      'zh-Hant': '復原碼不正確，或已經使用。請逐字核對，或改用清單上的下一個。',
    },
  ],
  'recovery-waits': [
    403,
    {
      en: 'A recovery code opened this sign-in, so for a day what was there before stays as it is, nothing is signed, and nobody is given a role or a mandate. Sign in with a passkey from before, or add one now and come back with it a day later.',
      'zh-Hant':
        '這次登入源於復原碼，因此一天內，原有的一切維持不變，亦不能簽署文件、委派職務或授權他人。請以原有的通行密鑰登入，或現在加入一把，一天後再以其登入辦理。',
    },
  ],
  'recovery-not-found': [
    409,
    {
      en: 'Nothing is left to stop: whoever came in by a recovery code has no way in any more. See your passkeys.',
      'zh-Hant': '已無須制止：以復原碼進入的人已沒有登入途徑。請查看你的通行密鑰。',
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
      en: 'This account is one of the made-up people of the demonstration, and stays as it is. Sign out instead.',
      'zh-Hant': '這是示範系統的虛構人物帳戶，不能更改或關閉。你可以登出。',
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
})
