/** The JSON of an answer; undefined where it has none (204, and where nobody may learn what will come of it). */
export async function bodyOf<T>(answer: Response): Promise<T> {
  const text = await answer.text()
  return (text ? JSON.parse(text) : undefined) as T
}
