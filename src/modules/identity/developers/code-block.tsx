import { texts, usePage } from '#platform'

const words = texts({
  copy: { en: 'Copy', 'zh-Hant': '複製' },
  copied: { en: 'Copied', 'zh-Hant': '已複製' },
})

/** A piece of program, to be copied whole. It scrolls in itself, so that lines stay as they are; `label` says what it is. */
export function CodeBlock({ id, label, code }: { id: string; label: string; code: string }) {
  return (
    <div class="program">
      <div class="program__head">
        <span>{label}</span>
        <CopyButton id={id} label={label} />
      </div>
      <section
        class="program__lines"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
        tabIndex={0}
        aria-label={label}
        lang="en"
      >
        <pre>
          <code id={id}>{code}</code>
        </pre>
      </section>
    </div>
  )
}

/** A value of one line that is copied often: an identifier, an address, a secret. */
export function CodeValue({ id, label, value }: { id: string; label: string; value: string }) {
  return (
    <span class="program-value">
      <code id={id}>{value}</code> <CopyButton id={id} label={label} />
    </span>
  )
}

function CopyButton({ id, label }: { id: string; label: string }) {
  const { say } = usePage()
  return (
    <button
      class="button button--link"
      type="button"
      hidden
      data-module="copy-text"
      data-copies={id}
      data-done={say(words.copied)}
    >
      {say(words.copy)}
      <span class="visually-hidden"> {label}</span>
    </button>
  )
}
