/** Object identifiers, by where they are defined. */
export const oids = {
  // RFC 5652, §5 and §11.
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingTime: '1.2.840.113549.1.9.5',
  // RFC 3161, §2.4.2 and appendix A; RFC 5035, §3.
  timestampInfo: '1.2.840.113549.1.9.16.1.4',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  // RFC 5754 and RFC 5758.
  sha256: '2.16.840.1.101.3.4.2.1',
  sha384: '2.16.840.1.101.3.4.2.2',
  sha512: '2.16.840.1.101.3.4.2.3',
  sha1: '1.3.14.3.2.26',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  ecdsaSha384: '1.2.840.10045.4.3.3',
  // RFC 5280, §4.2.1.12; RFC 6960, §4.2.1 and §4.4.
  timeStamping: '1.3.6.1.5.5.7.3.8',
  ocspBasic: '1.3.6.1.5.5.7.48.1.1',
  ocspNonce: '1.3.6.1.5.5.7.48.1.2',
  // ITU-T X.509 (10/2019), §9.8.2.
  subjectAltPublicKeyInfo: '2.5.29.72',
  // Our own, under a UUID as ITU-T X.667 allows without registration.
  signingPolicy: '2.25.38099972977654784404188843727773716767.1',
  timestampPolicy: '2.25.38099972977654784404188843727773716767.2',
} as const

/** Hashes that are made and checked here, as node:crypto names them. What is not listed is not checked, and said to be so. */
export const hashes: Readonly<Record<string, { name: 'sha256' | 'sha384' | 'sha512'; bytes: number }>> = {
  [oids.sha256]: { name: 'sha256', bytes: 32 },
  [oids.sha384]: { name: 'sha384', bytes: 48 },
  [oids.sha512]: { name: 'sha512', bytes: 64 },
}
