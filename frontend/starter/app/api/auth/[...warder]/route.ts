import { warderHandlers } from 'warder-nextjs/handlers'

export const { GET, POST, PATCH, DELETE } = warderHandlers({ confirm: '/account/confirm', home: '/dashboard' })
