// What a browser's bundle gets in place of /server: Next.js stops the build at the next line and names the file that asked for it.
import 'server-only'

const refuse = (): never => {
  throw new Error('warder-nextjs/server is for the server only')
}
export {
  refuse as afterSignIn,
  refuse as confirmFirst,
  refuse as confirmSignInTotp,
  refuse as getAccessToken,
  refuse as getProviders,
  refuse as getUser,
  refuse as mails,
  refuse as requestSignInMail,
  refuse as requireUser,
  refuse as sameOrigin,
  refuse as signIn,
  refuse as signInByMail,
  refuse as signInMfa,
  refuse as signOut,
  refuse as signUp,
  refuse as startSignInTotp,
  refuse as warderFetch,
  refuse as withUser,
}
