import { texts, usePage } from '#platform'

const words = texts({
  copy: { en: 'Copy', 'zh-Hant': '複製' },
  copied: { en: 'Copied', 'zh-Hant': '已複製' },
})

/** The address of an open protocol. The button appears where a script can copy; a click selects the address anyway. */
export function CopyAddress({ address, id }: { address: string; id: string }) {
  const { say } = usePage()
  return (
    <p class="address">
      <code id={id}>{address}</code>
      <button
        class="button button--link"
        type="button"
        hidden
        data-module="copy"
        data-copies={id}
        data-done={say(words.copied)}
      >
        {say(words.copy)}
        <span class="visually-hidden"> {address}</span>
      </button>
    </p>
  )
}
