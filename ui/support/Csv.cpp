#include "ui/support/Csv.h"

#include <QDateTime>

using namespace Qt::StringLiterals;

namespace warder {
namespace {

/// What makes a formula of a cell at its beginning (OWASP: CSV Injection), in its wide forms too.
bool beginsFormula(QChar first) { return u"=+-@\t\r\n＝＋－＠"_s.contains(first); }

QString yesNo(bool flag) { return flag ? u"true"_s : u"false"_s; }

} // namespace

QString Csv::cell(const QString &text)
{
    const QString safe = !text.isEmpty() && beginsFormula(text.front()) ? u'\'' + text : text;
    return u'"' + QString(safe).replace(u'"', u"\"\""_s) + u'"';
}

QString Csv::line(const QStringList &cells)
{
    QStringList quoted;
    for (const QString &one : cells)
        quoted += cell(one);
    return quoted.join(u',') + u"\r\n"_s;
}

QString Csv::time(std::optional<TimePoint> time)
{
    if (!time)
        return {};
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(toMilliseconds(*time));
    return local.toOffsetFromUtc(local.offsetFromUtc()).toString(Qt::ISODate);
}

QStringList Csv::sessionTitles()
{
    return {u"id"_s,        u"user_id"_s,      u"email"_s,      u"device"_s,     u"user_agent"_s, u"address"_s,   u"method"_s,
            u"opened_at"_s, u"last_seen_at"_s, u"expires_at"_s, u"generation"_s, u"ended_at"_s,   u"end_reason"_s};
}

QStringList Csv::cells(const SessionView &session)
{
    return {session.id.toString(),
            session.userId.toString(),
            session.email,
            session.device,
            session.userAgent,
            session.address,
            session.method,
            time(session.openedAt),
            time(session.lastSeenAt),
            time(session.expiresAt),
            QString::number(session.generation),
            time(session.endedAt),
            session.endReason};
}

QStringList Csv::userTitles()
{
    return {u"id"_s,         u"email"_s,           u"name"_s,           u"roles"_s, u"disabled"_s, u"email_verified"_s,
            u"created_at"_s, u"last_sign_in_at"_s, u"password_scheme"_s};
}

QStringList Csv::cells(const UserView &user)
{
    return {user.id.toString(),
            user.email,
            user.name,
            user.roles.join(u' '),
            yesNo(user.disabled),
            yesNo(user.emailVerified),
            time(user.createdAt),
            time(user.lastSignInAt),
            user.passwordScheme};
}

} // namespace warder
