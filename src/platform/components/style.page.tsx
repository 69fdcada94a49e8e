// PLACEHOLDER by the founder until the designer's file replaces it.
import { Page } from './page/page.tsx'
export const StylePage = ({ example }: { example: string | null }) => <Page title="Style">{example}</Page>
