import { type FileType, fileTypes } from './kinds.rules.ts'

const charactersMax = 120
/** Endings by which a machine chooses a program: none of them may stand in the middle of a name. */
const programs = [
  'exe com scr bat cmd msi pif cpl lnk js jse vbs vbe wsf hta ps1 jar',
  'html htm xhtml svg xml php sh app apk dll iso img zip rar 7z gz',
  'docm xlsm pptm dotm xltm doc xls ppt rtf heic gif bmp tif tiff mov',
].flatMap((line) => line.split(' '))
const known = new Set<string>([...programs, ...Object.values(fileTypes).flatMap(({ endings }) => [...endings])])

/**
 * The name under which a file is kept: without a path, and without characters that cannot be seen or that turn the direction of
 * writing. Its ending is the one of its content: `scan.png` that is a JPEG becomes `scan.jpg`, `plan.pdf.exe` that is a PDF `plan.pdf`.
 */
export function nameOf(given: string, type: FileType): string {
  const clean = given
    .toWellFormed()
    .normalize('NFC')
    .replace(/^.*[/\\]/su, '')
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}\ufffd]/gu, '')
    .replace(/[<>:"|?*\s]+/gu, ' ')
    .trim()
  const endings: readonly string[] = fileTypes[type].endings
  const own = /\.([^.]+)$/.exec(clean)?.[1]?.toLowerCase()
  let stem = clean
  for (;;) {
    const ending = /^(.*)\.([^.]*)$/s.exec(stem)
    if (!ending || !(known.has(ending[2]!.trim().toLowerCase()) || ending[2]!.trim() === '')) break
    stem = ending[1]!
  }
  const short = [...stem.replace(/^[.\s]+|[.\s]+$/g, '')].slice(0, charactersMax).join('')
  return `${short || 'file'}.${own && endings.includes(own) ? own : endings[0]}`
}

/** RFC 6266, §4.3, always to be saved and never shown: the name in ASCII, and in full (RFC 8187). */
export function attachment(name: string): string {
  const full = encodeURIComponent(name.toWellFormed()).replace(
    /['()*]/g,
    (each) => `%${each.charCodeAt(0).toString(16)}`,
  )
  return `attachment; filename="${name.replace(/[^\w. -]/g, '_')}"; filename*=UTF-8''${full}`
}
