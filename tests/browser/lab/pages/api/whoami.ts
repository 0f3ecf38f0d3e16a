import { withUserApi } from 'warder-nextjs/pages'

export default withUserApi((_req, res, user) => res.json({ email: user.email }))
