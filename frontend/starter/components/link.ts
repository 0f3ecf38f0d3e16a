/** A page of a link in a mail. It reads its URL, so that it is made for each visitor and kept for nobody: a kept page would hold the first one's token. */
export type LinkPage = { searchParams: Promise<{ token?: string | string[] }> }

export const tokenOf = async ({ searchParams }: LinkPage): Promise<string> => (await searchParams).token?.toString() ?? ''
