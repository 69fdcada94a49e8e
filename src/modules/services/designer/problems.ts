import type { ProblemTable } from '#platform'

/** What is refused of definitions while they are written. */
export const designProblems = {
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
      en: 'Another version of this service was published since this one was begun. Merge it into this one, and look at it again.',
      'zh-Hant': '開始撰寫後，這項服務已發布另一版本。請把該版本併入這一版本，再檢視一次。',
    },
  ],
  'definition-not-outdated': [
    409,
    {
      en: 'No newer version of this service was published since this one was begun. There is nothing to merge.',
      'zh-Hant': '開始撰寫後，這項服務沒有發布較新版本，無須合併。',
    },
  ],
  'definition-not-merged': [
    422,
    {
      en: 'Both versions changed the same, or one was changed since you looked. Say for each place whose is to be taken: mine or newer.',
      'zh-Hant': '兩個版本更改了相同內容，或其一在你檢視後已更改。請就每處指明採用 mine 或 newer。',
    },
  ],
  'pack-change-not-waiting': [
    409,
    {
      en: 'No change of the pack waits here. It was dealt with, or is in the version that is being written; look at the overview.',
      'zh-Hant': '這項服務沒有待處理的資料包更改：更改已處理，或已併入撰寫中的版本。請查看概覽。',
    },
  ],
  'pack-change-changed': [
    409,
    {
      en: 'The pack changed again after you looked at it. Look at the change again, then decide.',
      'zh-Hant': '你檢視後，資料包再次更改。請重新檢視更改，再作決定。',
    },
  ],
  'pack-change-while-written': [
    409,
    {
      en: 'A next version is being written, and taking the pack’s as it stands would undo it. Merge the change, or discard what is being written first.',
      'zh-Hant': '下一版本正在撰寫，直接採用資料包的版本會蓋過已撰寫的內容。請併入更改，或先棄置撰寫中的版本。',
    },
  ],
  'pack-change-by-another': [
    403,
    {
      en: 'Two editors put a change of the pack aside: one asks for it, and another of the same department agrees.',
      'zh-Hant': '擱置資料包的更改須由兩名編輯決定：一人提出，同一部門的另一人同意。',
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
  'form-refused': [
    422,
    {
      en: 'The form cannot be imported: {why}',
      'zh-Hant': '未能匯入表格：{why}',
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
  'publication-changed': [
    409,
    {
      en: 'This version was changed after you looked at it. Look at it again, then publish it.',
      'zh-Hant': '這個版本在你查看之後有所更改。請重新查看，再行發布。',
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
      en: 'This is a preview: it shows how it is to apply, and nothing in it can be sent. Publish the version to take applications by it.',
      'zh-Hant': '這是預覽，只供查看申請過程，不能提交。發布版本後才可接受申請。',
    },
  ],
} satisfies ProblemTable
