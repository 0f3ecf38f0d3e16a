'use client'
import { useState } from 'react'
import { useUserChange } from 'warder-nextjs/client'

export default function Draft() {
  const [said, setSaid] = useState('')
  useUserChange((now, before) => setSaid(`${before?.email} is now ${now?.email ?? 'nobody'}`))
  return (
    <>
      <label>
        Draft <input name="draft" />
      </label>
      <output data-testid="said">{said}</output>
    </>
  )
}
