export const sessionsPath = '/office/services/sessions'
export const sessionPath = (id: string) => `${sessionsPath}/${id}`
