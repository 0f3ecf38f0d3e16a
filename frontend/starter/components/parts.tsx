import type { ReactNode } from 'react'
import { timeAgo } from './words'

/** One subject of a section of the account page. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="part">
      <h3>{title}</h3>
      {children}
    </div>
  )
}

export const List = ({ children }: { children: ReactNode[] }) => children.length > 0 && <ul className="sessions">{children}</ul>

type ItemProps = { name: string; used: string | null; badge?: string; more?: ReactNode; children: ReactNode }

/** Something that can be taken away; `more` about it stands below, `children` are its buttons. */
export function Item({ name, used, badge, more, children }: ItemProps) {
  return (
    <li>
      <div>
        <strong>{name}</strong>
        {badge && <em className="badge">{badge}</em>}
        <small>
          {used ? (
            <>
              Used{' '}
              <time dateTime={used} suppressHydrationWarning>
                {timeAgo(used)}
              </time>
            </>
          ) : (
            'Not used yet'
          )}
        </small>
        {more}
      </div>
      {children}
    </li>
  )
}
