// Made by `npm run contract`; change contract.mjs instead.

/** What a page of this site may ask Warder: the methods of each path. */
export const BROWSER_ROUTES: Record<string, string[]> = {
  '/login': ['POST'],
  '/logout': ['POST'],
  '/logout/all': ['POST'],
  '/me': ['GET', 'PATCH', 'DELETE'],
  '/me/password': ['POST'],
  '/me/sessions': ['GET'],
  '/me/sessions/{id}': ['DELETE'],
  '/refresh': ['POST'],
  '/register': ['POST'],
  '/session': ['GET'],
}
