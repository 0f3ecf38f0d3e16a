#include "tests/ui/support/FakeConsole.h"

using namespace Qt::StringLiterals;

namespace warder::test {

namespace {

template <typename Row>
PageOf<Row> pageOf(const QList<Row> &rows, const QString &cursor, int limit)
{
    const qsizetype from = cursor.toInt();
    PageOf<Row> page {.rows = rows.mid(from, limit), .next = {}, .position = 0};
    if (from + limit < rows.size())
        page.next = QString::number(from + limit);
    return page;
}

} // namespace

void FakeConsole::release()
{
    m_held = false;
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &finish : waiting)
        finish();
}

void FakeConsole::tellProgress(int done, int all)
{
    m_ending->setProgressRange(0, all);
    m_ending->setProgressValue(done);
}

void FakeConsole::tell(const QList<Change> &changes) { m_journal += changes; }

Answer<OverviewView> FakeConsole::overview() { return later<OverviewView>(u"overview"_s, overviewNow); }

Answer<QList<TrafficView>> FakeConsole::traffic(Seconds) { return later<QList<TrafficView>>(u"traffic"_s, trafficNow); }

Answer<Changes> FakeConsole::changesSince(quint64 position)
{
    Changes news {.position = quint64(m_journal.size()), .missedSome = std::exchange(m_missed, false), .changes = {}};
    if (!news.missedSome)
        news.changes = m_journal.mid(qsizetype(position));
    return later<Changes>(u"changesSince"_s, news);
}

ServerView FakeConsole::orderTo(const QString &what, ServerState state)
{
    if (m_failures.contains(what))
        return overviewNow.server; // a refused order changes nothing
    overviewNow.server.state = state;
    overviewNow.server.url = state == ServerState::Running || state == ServerState::Paused ? u"http://127.0.0.1:8000"_s : QString();
    overviewNow.server.problem.clear();
    return overviewNow.server;
}

Answer<ServerView> FakeConsole::startServer()
{
    return later<ServerView>(u"startServer"_s, orderTo(u"startServer"_s, ServerState::Running));
}

Answer<ServerView> FakeConsole::pauseServer()
{
    return later<ServerView>(u"pauseServer"_s, orderTo(u"pauseServer"_s, ServerState::Paused));
}

Answer<ServerView> FakeConsole::resumeServer()
{
    return later<ServerView>(u"resumeServer"_s, orderTo(u"resumeServer"_s, ServerState::Running));
}

Answer<QStringList> FakeConsole::reloadServer() { return later<QStringList>(u"reloadServer"_s, settingsWaiting); }

Answer<ServerView> FakeConsole::stopServer() { return later<ServerView>(u"stopServer"_s, orderTo(u"stopServer"_s, ServerState::Stopped)); }

QList<SessionView> FakeConsole::shown(const SessionFilter &filter) const
{
    const SessionMatcher matcher(filter);
    QList<SessionView> rows;
    for (const SessionView &row : sessionRows) {
        if (matcher.matches(row, m_clock.now()))
            rows += row;
    }
    return rows;
}

Answer<PageOf<SessionView>> FakeConsole::sessions(const SessionFilter &filter, const QString &cursor, int limit)
{
    return later<PageOf<SessionView>>(u"sessions %1"_s.arg(filter.text), pageOf(shown(filter), cursor, limit));
}

Answer<SessionCounts> FakeConsole::countSessions(const SessionFilter &filter)
{
    SessionCounts counts;
    QSet<Id> users;
    for (const SessionView &row : shown(filter)) {
        ++counts.sessions;
        if (!row.isLive(m_clock.now()))
            continue;
        ++counts.live;
        users += row.userId;
    }
    counts.users = users.size();
    return later<SessionCounts>(u"countSessions %1"_s.arg(filter.text), counts);
}

int FakeConsole::end(const QList<Id> &ids)
{
    int ended = 0;
    for (SessionView &row : sessionRows) {
        if (!ids.contains(row.id) || !row.isLive(m_clock.now()))
            continue;
        row.endedAt = m_clock.now();
        row.endReason = u"admin"_s;
        m_journal += SessionGone {row.id, row.endReason, m_clock.now()};
        ++ended;
    }
    return ended;
}

Answer<int> FakeConsole::revokeSessions(const QList<Id> &ids) { return later<int>(u"revokeSessions %1"_s.arg(ids.size()), end(ids)); }

Answer<int> FakeConsole::revokeShown(const SessionFilter &filter, qint64 seen)
{
    SessionFilter live = filter;
    live.ended = false;
    QList<Id> ids;
    for (const SessionView &row : shown(live))
        ids += row.id;
    const QString question = u"revokeShown %1 seen %2"_s.arg(filter.text).arg(seen);
    return later<int>(question, ids.size() == seen ? Result<int>(end(ids)) : refused(ErrorCode::Conflict, QString::number(ids.size())));
}

QList<UserView> FakeConsole::found(const QString &text) const
{
    const TextMatcher matcher(text);
    QList<UserView> rows;
    for (const UserView &row : userRows) {
        if (matcher.isIn(row.email) || matcher.isIn(row.name))
            rows += row;
    }
    return rows;
}

Answer<PageOf<UserView>> FakeConsole::users(const QString &text, const QString &cursor, int limit)
{
    return later<PageOf<UserView>>(u"users %1"_s.arg(text), pageOf(found(text), cursor, limit));
}

Answer<qint64> FakeConsole::countUsers(const QString &text)
{
    return later<qint64>(u"countUsers %1"_s.arg(text), qint64(found(text).size()));
}

Answer<UserView> FakeConsole::findUser(const QString &) { return later<UserView>(u"findUser"_s, userRows.value(0)); }

Answer<UserView> FakeConsole::createUser(const NewUser &user)
{
    UserView view {.id = Id::create(m_clock.now()),
                   .email = user.email,
                   .name = user.name,
                   .roles = user.roles,
                   .createdAt = m_clock.now(),
                   .lastSignInAt = {},
                   .passwordScheme = u"argon2id"_s};
    return later<UserView>(u"createUser %1 %2"_s.arg(user.email, user.roles.join(u'+')), view);
}

Answer<UserView> FakeConsole::editUser(Id user, const UserEdit &edit)
{
    const auto row = std::ranges::find(userRows, user, &UserView::id);
    row->email = edit.email.value_or(row->email);
    row->name = edit.name.value_or(row->name);
    row->roles = edit.roles.value_or(row->roles);
    return later<UserView>(
        u"editUser %1 %2 %3"_s.arg(edit.email.value_or(u"-"_s), edit.name.value_or(u"-"_s), edit.roles ? edit.roles->join(u'+') : u"-"_s),
        *row);
}

Answer<void> FakeConsole::addToImport(Id, const QList<ImportedUser> &users)
{
    return later<void>(u"addToImport %1"_s.arg(users.size()), {});
}

Answer<UserImport> FakeConsole::finishImport(Id, const ImportOptions &) { return later<UserImport>(u"finishImport"_s, UserImport()); }

Answer<UserView> FakeConsole::setUserDisabled(Id user, bool disabled)
{
    const auto row = std::ranges::find(userRows, user, &UserView::id);
    row->disabled = disabled;
    return later<UserView>(u"setUserDisabled %1"_s.arg(disabled), *row);
}

Answer<void> FakeConsole::setUserPassword(Id, const QString &password) { return later<void>(u"setUserPassword %1"_s.arg(password), {}); }

Answer<void> FakeConsole::removeUser(Id) { return later<void>(u"removeUser"_s, {}); }

Answer<int> FakeConsole::endSessionsOf(Id user)
{
    QList<Id> ids;
    for (const SessionView &row : std::as_const(sessionRows)) {
        if (row.userId == user)
            ids += row.id;
    }
    return later<int>(u"endSessionsOf"_s, end(ids));
}

Answer<QList<RuleView>> FakeConsole::limitRules() { return later<QList<RuleView>>(u"limitRules"_s, rules); }

Answer<QList<LimitPoint>> FakeConsole::limitHistory(const QString &rule, Seconds)
{
    return later<QList<LimitPoint>>(u"limitHistory %1"_s.arg(rule), history);
}

Answer<QList<LimitedView>> FakeConsole::limitedNow() { return later<QList<LimitedView>>(u"limitedNow"_s, limited); }

Answer<void> FakeConsole::unblock(const QString &rule, const QString &key)
{
    limited.removeIf([&](const LimitedView &row) { return row.rule == rule && row.key == key; });
    return later<void>(u"unblock %1 %2"_s.arg(rule, key), {});
}

Answer<QList<KeyView>> FakeConsole::keys() { return later<QList<KeyView>>(u"keys"_s, keyRows); }

Answer<KeyView> FakeConsole::rotateKey(const QString &purpose)
{
    KeyView fresh {.kid = u"k-fresh-%1"_s.arg(keyRows.size()),
                   .purpose = purpose,
                   .algorithm = u"ES256"_s,
                   .state = u"current"_s,
                   .createdAt = m_clock.now(),
                   .activatedAt = m_clock.now(),
                   .retiredAt = {},
                   .verifyUntil = {}};
    for (KeyView &key : keyRows) {
        if (key.purpose == purpose && key.state == "current"_L1) {
            key.state = u"retiring"_s;
            key.retiredAt = m_clock.now();
            key.verifyUntil = m_clock.now() + std::chrono::minutes {16};
        }
    }
    keyRows.prepend(fresh);
    return later<KeyView>(u"rotateKey %1"_s.arg(purpose), fresh);
}

Answer<KeyView> FakeConsole::revokeKey(const QString &kid)
{
    const auto key = std::ranges::find(keyRows, kid, &KeyView::kid);
    if (key == keyRows.end())
        return later<KeyView>(u"revokeKey %1"_s.arg(kid), refused(ErrorCode::NotFound, u"no such key"_s));
    key->state = u"revoked"_s;
    return later<KeyView>(u"revokeKey %1"_s.arg(kid), *key);
}

Answer<QList<SettingView>> FakeConsole::settings() { return later<QList<SettingView>>(u"settings"_s, settingRows); }

} // namespace warder::test
