'use client'
import { providerPath, type FormState, type Identity, type Provider } from 'warder-nextjs'
import { removeIdentity } from 'warder-nextjs/actions'
import { identities as mine, useStepUpAction } from 'warder-nextjs/client'
import { useState } from 'react'
import { Outcome } from '@/components/form'
import { Item, List, Part } from '@/components/parts'

type Props = {
  identities: Identity[]
  providers: Provider[]
  /** What came of connecting one, by the URL of the page. */
  came: FormState
}

/** Other services by which one signs in to this account. */
export function Identities({ identities, providers, came }: Props) {
  const [removed, remove, removing] = useStepUpAction(removeIdentity)
  const labelOf = (name: string) => providers.find((each) => each.name === name)?.label ?? name
  const free = providers.filter(({ name }) => !identities.some(({ provider }) => provider === name))
  if (identities.length === 0 && providers.length === 0) return null
  return (
    <Part title="Other services">
      <p className="aside">Sign in with an account that you have elsewhere.</p>
      <Outcome state={removed ?? came} />
      <List>
        {identities.map(({ id, provider, email, last_used_at }) => (
          <Item key={id} name={labelOf(provider)} used={last_used_at} more={email && <small>{email}</small>}>
            <form action={remove}>
              <input type="hidden" name="id" value={id} readOnly />
              <button className="quiet" disabled={removing} aria-label={`Disconnect ${labelOf(provider)}`}>
                Disconnect
              </button>
            </form>
          </Item>
        ))}
      </List>
      {free.map((each) => (
        <Connect key={each.name} provider={each} />
      ))}
    </Part>
  )
}

/** With JavaScript a dialog asks who sits there, where that is wanted; without it, a page. */
function Connect({ provider: { name, label } }: { provider: Provider }) {
  const [problem, setProblem] = useState('')
  return (
    <>
      <a
        className="button quiet"
        href={providerPath(name, { next: '/account', link: true })}
        onClick={(event) => {
          event.preventDefault()
          setProblem('')
          mine.link(name, '/account').catch((error: Error) => setProblem(error.message))
        }}
      >
        Connect {label}
      </a>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </>
  )
}
