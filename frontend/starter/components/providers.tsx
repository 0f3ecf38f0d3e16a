import { providerPath, type Provider } from 'warder-nextjs'

/** Sign-in at another service. They are plain links: the browser goes there as a whole, and nothing may ask for them ahead. */
export function Providers({ providers, next }: { providers: Provider[]; next: string | undefined }) {
  return (
    providers.length > 0 && (
      <div className="elsewhere">
        <p className="or">or</p>
        {providers.map(({ name, label }) => (
          <a key={name} className="button quiet" href={providerPath(name, { next })}>
            Continue with {label}
          </a>
        ))}
      </div>
    )
  )
}
