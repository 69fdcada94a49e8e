import { problems } from '#platform'

export const problem = problems('estimates', {
  'document-not-found': [
    404,
    {
      en: 'This Head is not loaded for this year. The list of Heads shows which are.',
      'zh-Hant': '這個年度沒有載入這個總目。總目一覽列出已載入的各項。',
    },
  ],
  'year-not-found': [404, { en: 'No Head is loaded for this year.', 'zh-Hant': '這個年度沒有載入任何總目。' }],
  'part-not-found': [404, { en: 'This Head has no such part.', 'zh-Hant': '這個總目沒有這個部分。' }],
  'cell-not-found': [
    404,
    {
      en: 'This Head has no such number. It may come from another import; choose it again on the page of the Head.',
      'zh-Hant': '這個總目沒有這個數字，可能來自另一次匯入；請回到總目一頁重新選取。',
    },
  ],
  'import-not-found': [404, { en: 'There is no such import.', 'zh-Hant': '沒有這次匯入。' }],
  'file-refused': [422, { en: '{reason} Nothing was changed.', 'zh-Hant': '{reason}沒有作出任何改動。' }],
  'file-not-read': [503, { en: '{reason} Nothing was changed.', 'zh-Hant': '{reason}沒有作出任何改動。' }],
  'import-running': [
    503,
    {
      en: 'Another import is being written at this moment. Nothing of yours was changed; try again in a minute.',
      'zh-Hant': '另一項匯入正在寫入。你的操作未有作出任何改動，請一分鐘後再試。',
    },
  ],
  'too-many-documents': [
    409,
    {
      en: 'With this file more than {max} Heads would count, which is the most. Nothing was changed; import fewer years.',
      'zh-Hant': '匯入這個檔案後，生效的總目會超過上限 {max} 個，因此沒有作出任何改動。請減少匯入的年度。',
    },
  ],
  'too-many-explanations': [
    409,
    {
      en: '{max} differences are explained, which is the most. Nothing was signed; correct documents instead.',
      'zh-Hant': '已解釋的差異達到上限 {max} 項，因此未有簽署。請改為更正文件。',
    },
  ],
  'identity-not-found': [404, { en: 'This Head has no such identity.', 'zh-Hant': '這個總目沒有這條等式。' }],
  'number-unreadable': [
    409,
    {
      en: 'This fails because a number cannot be read, so there is no difference to explain. Correct the document and import it again.',
      'zh-Hant': '此項不符，是因為有數字無法讀取，因此沒有差額可以解釋。請更正文件後重新匯入。',
    },
  ],
  'identity-holds': [
    409,
    {
      en: 'This identity does not fail, so there is nothing to explain.',
      'zh-Hant': '這條等式並無不符，無須解釋。',
    },
  ],
  'signed-meanwhile': [
    409,
    {
      en: 'Somebody has signed an explanation of this difference meanwhile, so this one was not signed. Look at theirs first.',
      'zh-Hant': '其間已有人簽署這項差異的解釋，因此這一份未有簽署。請先查看已簽署的解釋。',
    },
  ],
  'imported-meanwhile': [
    409,
    {
      en: 'Another file of this Head was imported meanwhile, so nothing was signed. Look at its figures again.',
      'zh-Hant': '其間已匯入這個總目的另一份檔案，因此未有簽署。請再查看有關數字。',
    },
  ],
  'pdf-not-made': [
    503,
    {
      en: 'The PDF could not be made just now. The page itself prints as well; try the file again in a few minutes.',
      'zh-Hant': '暫時未能製作 PDF。網頁本身亦可列印；請過幾分鐘再試下載。',
    },
  ],
  'system-not-found': [404, { en: 'There is no system with this number.', 'zh-Hant': '沒有這個編號的系統。' }],
  'initiative-not-found': [404, { en: 'This Head has no such initiative.', 'zh-Hant': '這個總目沒有這個計劃項目。' }],
})
