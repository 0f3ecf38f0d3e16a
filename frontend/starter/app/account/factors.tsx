'use client'
import Link from 'next/link'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import type { PasskeyList, SecondFactors } from 'warder-nextjs'
import { forgetDevices, removePasskey, removeTotp, renamePasskey, renewRecoveryCodes } from 'warder-nextjs/actions'
import { registerPasskey, syncPasskeys, useStepUpAction } from 'warder-nextjs/client'
import { Outcome } from '@/components/form'
import { Item, List, Part } from '@/components/parts'
import { RecoveryCodes } from '@/components/recovery-codes'
import { Scripted, Try } from '@/components/scripted'
import { deviceName } from '@/components/words'

/** Whatever a sign-in can be proved by, beside the password. */
export function Factors({ mfa, passkeys }: { mfa: SecondFactors; passkeys: PasskeyList | null }) {
  return (
    <>
      <Authenticators mfa={mfa} />
      {mfa.enabled && <Recovery left={mfa.recovery_codes_left} />}
      {passkeys && <Passkeys list={passkeys} />}
      {mfa.trusted_devices > 0 && <Devices count={mfa.trusted_devices} />}
    </>
  )
}

function Authenticators({ mfa: { totp, required } }: { mfa: SecondFactors }) {
  const [state, action, pending] = useStepUpAction(removeTotp)
  return (
    <Part title="Authenticator apps">
      <p className="aside">
        {totp.length > 0
          ? 'At sign-in you type a code of one of them after your password.'
          : `With one, a stolen password alone lets nobody in.${required ? ' Your account must have one.' : ''}`}
      </p>
      <Outcome state={state} />
      <List>
        {totp.map(({ id, name, last_used_at }) => (
          <Item key={id} name={name || 'Authenticator app'} used={last_used_at}>
            <form action={action}>
              <input type="hidden" name="id" value={id} readOnly />
              <button className="quiet" disabled={pending} aria-label={`Remove ${name || 'the authenticator app'}`}>
                Remove
              </button>
            </form>
          </Item>
        ))}
      </List>
      <Link className="button quiet" href="/account/authenticator">
        Add an authenticator app
      </Link>
    </Part>
  )
}

function Recovery({ left }: { left: number }) {
  const [state, action, pending] = useStepUpAction(renewRecoveryCodes)
  return (
    <Part title="Recovery codes">
      <p className={left > 3 ? 'aside' : 'problem'}>
        {left === 0 ? 'None is left.' : left === 1 ? 'One is left.' : `${left} are left.`} Each gets you in once without your phone.
      </p>
      <Outcome state={state} />
      {state?.recoveryCodes && <RecoveryCodes codes={state.recoveryCodes} />}
      <form action={action}>
        <button className="quiet" disabled={pending}>
          Make new ones
        </button>
      </form>
    </Part>
  )
}

function Passkeys({ list }: { list: PasskeyList }) {
  const [removed, remove, removing] = useStepUpAction(removePasskey)
  const [renamed, rename, renaming] = useStepUpAction(renamePasskey)
  const router = useRouter()
  useEffect(() => void syncPasskeys(list), [list])
  const add = async () => {
    if (await registerPasskey({ name: deviceName(navigator.userAgent) })) router.refresh()
  }
  return (
    <Part title="Passkeys">
      <p className="aside">Sign in with your fingerprint, your face or the PIN of your device: nothing to type, nothing to steal.</p>
      <Outcome state={removed} />
      <Outcome state={renamed} />
      <List>
        {list.passkeys.map(({ id, name, last_used_at, synced, orphaned }) => (
          <Item
            key={id}
            name={name}
            used={last_used_at}
            badge={orphaned ? 'No longer works here' : synced ? 'On all your devices' : ''}
            more={<Rename {...{ id, name, rename, renaming }} />}
          >
            <form action={remove}>
              <input type="hidden" name="id" value={id} readOnly />
              <button className="quiet" disabled={removing} aria-label={`Remove ${name}`}>
                Remove
              </button>
            </form>
          </Item>
        ))}
      </List>
      <Scripted>
        <Try className="quiet" act={add}>
          Add a passkey
        </Try>
      </Scripted>
      <noscript>
        <p>To add a passkey, JavaScript is needed.</p>
      </noscript>
    </Part>
  )
}

type RenameProps = { id: string; name: string; rename: (form: FormData) => void; renaming: boolean }

function Rename({ id, name, rename, renaming }: RenameProps) {
  return (
    <details className="rename">
      <summary aria-label={`Rename ${name}`}>Rename</summary>
      <form action={rename} className="row">
        <input type="hidden" name="id" value={id} readOnly />
        <input name="name" defaultValue={name} aria-label={`New name of ${name}`} required />
        <button disabled={renaming}>Save</button>
      </form>
    </details>
  )
}

function Devices({ count }: { count: number }) {
  const [state, action, pending] = useStepUpAction(forgetDevices)
  return (
    <Part title="Remembered browsers">
      <p className="aside">{count === 1 ? 'One browser is' : `${count} browsers are`} not asked for a code at sign-in.</p>
      <Outcome state={state} />
      <form action={action}>
        <button className="quiet" disabled={pending}>
          Forget {count === 1 ? 'it' : 'them all'}
        </button>
      </form>
    </Part>
  )
}
