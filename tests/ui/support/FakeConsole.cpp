#include "tests/ui/support/FakeConsole.h"

#include "core/base/Id.h"
#include "core/console/SessionMatcher.h"

using namespace Qt::StringLiterals;

namespace warder::test {

FakeConsole::FakeConsole(const Clock &clock) : m_clock(clock)
{
    mailNow.transport = u"file"_s;
    mailNow.place = u"files in /data/mails"_s;
    teachServer();
    teachSessions();
    teachUsers();
    teachFactors();
    teachLimits();
    teachKeys();
    teachMail();
    teachProviders();
    m_handlers.add<ChangesSince>([this](std::unique_ptr<ErrandOf<ChangesSince>> errand) {
        asked += u"changesSince"_s;
        m_polls.push_back(std::move(errand));
        answerPolls();
    });
}

void FakeConsole::release()
{
    m_held = false;
    const auto waiting = std::exchange(m_waiting, {});
    for (const auto &finish : waiting)
        finish();
}

std::optional<Error> FakeConsole::failureOf(const QString &what)
{
    const auto once = m_failures.take(what);
    return once ? once : m_lasting.value(what);
}

void FakeConsole::failNext(const QString &what, const Error &error)
{
    m_failures[what] = error;
    answerPolls();
}

void FakeConsole::failAlways(const QString &what, const Error &error)
{
    m_lasting[what] = error;
    answerPolls();
}

void FakeConsole::publish(const QList<Change> &changes)
{
    m_journal += changes;
    answerPolls();
}

void FakeConsole::runAway()
{
    m_missed = true;
    answerPolls();
}

void FakeConsole::answerPolls()
{
    std::erase_if(m_polls, [this](const auto &poll) {
        const auto [position, wait] = poll->order;
        const bool isNew = m_missed || quint64(m_journal.size()) > position;
        if (const auto failure = failureOf(u"changesSince"_s)) {
            answer(poll, std::unexpected(*failure));
            return true;
        }
        if (!isNew && wait.count() > 0)
            return false;
        Changes news {.position = quint64(m_journal.size()), .missedSome = std::exchange(m_missed, false), .changes = {}};
        if (!news.missedSome)
            news.changes = m_journal.mid(qsizetype(position));
        answer(poll, news);
        return true;
    });
}

ServerView FakeConsole::orderTo(const QString &what, ServerState state)
{
    if (m_failures.contains(what))
        return overviewNow.server; // a refused order changes nothing
    overviewNow.server.state = state;
    overviewNow.server.url = state == ServerState::Running || state == ServerState::Paused ? u"http://127.0.0.1:8000"_s : QString();
    overviewNow.server.problem.clear();
    overviewNow.server.otherPort.reset();
    return overviewNow.server;
}

void FakeConsole::teachServer()
{
    teach<ReadOverview>([this](const auto &) { return Play<ReadOverview> {u"overview"_s, overviewNow}; });
    teach<ReadTraffic>([this](const auto &) { return Play<ReadTraffic> {u"traffic"_s, trafficNow}; });
    teach<StartServer>(
        [this](const auto &) { return Play<StartServer> {u"startServer"_s, orderTo(u"startServer"_s, ServerState::Running)}; });
    teach<UsePort>([this](const UsePort &order) {
        return Play<UsePort> {u"usePort %1"_s.arg(order.port), orderTo(u"usePort"_s, ServerState::Running)};
    });
    teach<StopServer>([this](const auto &) { return Play<StopServer> {u"stopServer"_s, orderTo(u"stopServer"_s, ServerState::Stopped)}; });
    teach<PauseServer>(
        [this](const auto &) { return Play<PauseServer> {u"pauseServer"_s, orderTo(u"pauseServer"_s, ServerState::Paused)}; });
    teach<ResumeServer>(
        [this](const auto &) { return Play<ResumeServer> {u"resumeServer"_s, orderTo(u"resumeServer"_s, ServerState::Running)}; });
    teach<ReloadServer>([this](const auto &) { return Play<ReloadServer> {u"reloadServer"_s, settingsWaiting}; });
    teach<StoreSettings>([this](const StoreSettings &order) {
        QStringList choices;
        for (const auto &[key, value] : order.choices)
            choices += key + u'=' + value.value_or(u"-"_s);
        return Play<StoreSettings> {u"storeSettings "_s + choices.join(u' '), settingsWaiting};
    });
    teach<ListPasskeyHosts>([this](const auto &) { return Play<ListPasskeyHosts> {u"passkeyHosts"_s, passkeyHosts}; });
    teach<ListSettings>([this](const auto &) { return Play<ListSettings> {u"settings"_s, settingRows}; });
}

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

static SessionCounts countsOf(const QList<SessionView> &rows, TimePoint now)
{
    SessionCounts counts;
    QSet<Id> users;
    for (const SessionView &row : rows) {
        ++counts.sessions;
        if (!row.isLive(now))
            continue;
        ++counts.live;
        users += row.userId;
    }
    counts.users = users.size();
    return counts;
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
    answerPolls();
    return ended;
}

void FakeConsole::teachSessions()
{
    teach<ListSessions>([this](const ListSessions &order) {
        return Play<ListSessions> {u"sessions %1"_s.arg(order.filter.text), pageOf(shown(order.filter), order.cursor, order.limit)};
    });
    teach<CountSessions>([this](const CountSessions &order) {
        return Play<CountSessions> {u"countSessions %1"_s.arg(order.filter.text), countsOf(shown(order.filter), m_clock.now())};
    });
    teach<RevokeSessions>([this](const RevokeSessions &order) {
        return Play<RevokeSessions> {u"revokeSessions %1"_s.arg(order.sessions.size()), end(order.sessions)};
    });
    teach<RevokeShown>([this](const RevokeShown &order) {
        SessionFilter live = order.filter;
        live.ended = false;
        QList<Id> ids;
        for (const SessionView &row : shown(live))
            ids += row.id;
        return Play<RevokeShown> {u"revokeShown %1 seen %2"_s.arg(order.filter.text).arg(order.seen),
                                  ids.size() == order.seen ? Result<int>(end(ids))
                                                           : refused(ErrorCode::Conflict, QString::number(ids.size()))};
    });
    teach<EndSessionsOf>([this](const EndSessionsOf &order) {
        QList<Id> ids;
        for (const SessionView &row : std::as_const(sessionRows)) {
            if (row.userId == order.user)
                ids += row.id;
        }
        return Play<EndSessionsOf> {u"endSessionsOf"_s, end(ids)};
    });
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

void FakeConsole::teachUsers()
{
    teach<ListUsers>([this](const ListUsers &order) {
        return Play<ListUsers> {u"users %1"_s.arg(order.text), pageOf(found(order.text), order.cursor, order.limit)};
    });
    teach<CountUsers>([this](const CountUsers &order) {
        return Play<CountUsers> {u"countUsers %1"_s.arg(order.text), qint64(found(order.text).size())};
    });
    teach<FindUser>([this](const auto &) { return Play<FindUser> {u"findUser"_s, userRows.value(0)}; });
    teach<CreateUser>([this](const CreateUser &order) {
        const UserView view {.id = Id::create(m_clock.now()),
                             .email = order.user.email,
                             .name = order.user.name,
                             .roles = order.user.roles,
                             .createdAt = m_clock.now(),
                             .lastSignInAt = {},
                             .passwordScheme = u"argon2id"_s};
        return Play<CreateUser> {u"createUser %1 %2"_s.arg(view.email, view.roles.join(u'+')), view};
    });
    teach<InviteUser>([this](const InviteUser &order) {
        const UserView view {.id = Id::create(m_clock.now()),
                             .email = order.user.email,
                             .name = order.user.name,
                             .roles = order.user.roles,
                             .createdAt = m_clock.now(),
                             .lastSignInAt = {},
                             .passwordScheme = {},
                             .invitedAt = m_clock.now()};
        return Play<InviteUser> {u"inviteUser %1 %2"_s.arg(view.email, view.roles.join(u'+')), view};
    });
    teach<ResendInvitation>([this](const ResendInvitation &order) {
        const auto row = std::ranges::find(userRows, order.user, &UserView::id);
        row->invitedAt = m_clock.now();
        return Play<ResendInvitation> {u"resendInvitation %1"_s.arg(row->email), *row};
    });
    teach<EditUser>([this](const EditUser &order) {
        const auto &[email, name, roles, addRoles, removeRoles] = order.edit;
        const auto row = std::ranges::find(userRows, order.user, &UserView::id);
        row->email = email.value_or(row->email);
        row->name = name.value_or(row->name);
        row->roles = roles.value_or(row->roles);
        return Play<EditUser> {
            u"editUser %1 %2 %3"_s.arg(email.value_or(u"-"_s), name.value_or(u"-"_s), roles ? roles->join(u'+') : u"-"_s), *row};
    });
    teach<SetUserDisabled>([this](const SetUserDisabled &order) {
        const auto row = std::ranges::find(userRows, order.user, &UserView::id);
        row->disabled = order.disabled;
        return Play<SetUserDisabled> {u"setUserDisabled %1"_s.arg(order.disabled), *row};
    });
    teach<SetUserPassword>(
        [](const SetUserPassword &order) { return Play<SetUserPassword> {u"setUserPassword %1"_s.arg(order.password), {}}; });
    teach<RemoveUser>([](const auto &) { return Play<RemoveUser> {u"removeUser"_s, {}}; });
}

/// As the core does it: where neither a password nor a provider signs in.
bool FakeConsole::passkeysStay(const UserView &user) const
{
    return user.passwordScheme.isEmpty() && std::ranges::none_of(identities.value(user.id), &IdentityView::usable);
}

/// As the core does it: passkeys may stay, sessions end, and the journal tells of the user.
FactorsResetView FakeConsole::resetFactors(UserView &user)
{
    FactorsView &had = factors[user.id];
    const bool withPasskeys = !passkeysStay(user);
    const FactorsResetView gone {.totp = had.totp.size(),
                                 .passkeys = withPasskeys ? had.passkeys.size() : 0,
                                 .recoveryCodes = had.recoveryCodesLeft,
                                 .trustedDevices = had.trustedDevices};
    had = {.required = had.required, .totp = {}, .passkeys = withPasskeys ? QList<FactorView>() : had.passkeys};
    user.secondFactor = false;
    QList<Id> open;
    for (const SessionView &row : std::as_const(sessionRows)) {
        if (row.userId == user.id)
            open += row.id;
    }
    end(open);
    publish({user});
    return gone;
}

void FakeConsole::teachFactors()
{
    const auto find = [this](const Id &user) { return std::ranges::find(userRows, user, &UserView::id); };
    const auto emailOf = [this, find](const Id &user) { return find(user) == userRows.end() ? QString() : find(user)->email; };
    teach<FindFactors>([this, find, emailOf](const FindFactors &order) {
        FactorsView view = factors.value(order.user);
        view.passkeysStay = find(order.user) != userRows.end() && passkeysStay(*find(order.user));
        return Play<FindFactors> {u"findFactors %1"_s.arg(emailOf(order.user)), view};
    });
    teach<ResetFactors>([this, find, emailOf](const ResetFactors &order) {
        const QString what = u"resetFactors %1"_s.arg(emailOf(order.user));
        if (find(order.user) == userRows.end())
            return Play<ResetFactors> {what, Result<FactorsResetView>(refused(ErrorCode::NotFound))};
        return Play<ResetFactors> {what, m_failures.contains(u"resetFactors"_s) || m_lasting.contains(u"resetFactors"_s)
                                             ? FactorsResetView()
                                             : resetFactors(*find(order.user))};
    });
}

QList<KeyMoveView> FakeConsole::movesIn(KeyState state, bool isSpent)
{
    using enum KeyMove;
    const KeyMoveView revoke {.move = Revoke, .to = KeyState::Revoked};
    const KeyMoveView remove {.move = Remove, .to = {}};
    switch (state) {
    case KeyState::Standby:  return {revoke};
    case KeyState::Current:  return {{.move = Rotate, .to = KeyState::Retiring}, revoke};
    case KeyState::Retiring: return {revoke, isSpent ? remove : KeyMoveView {.move = Restore, .to = KeyState::Current}};
    case KeyState::Revoked:  return isSpent ? QList {remove} : QList {KeyMoveView {.move = Restore, .to = KeyState::Retiring}, remove};
    }
    Q_UNREACHABLE_RETURN({});
}

Result<KeyView> FakeConsole::keyOf(const QString &kid) const
{
    const auto key = std::ranges::find(keyRows, kid, &KeyView::kid);
    return key == keyRows.end() ? Result<KeyView>(refused(ErrorCode::NotFound, u"no such key"_s)) : *key;
}

KeyView FakeConsole::put(const QString &kid, KeyState state)
{
    const auto key = std::ranges::find(keyRows, kid, &KeyView::kid);
    key->state = state;
    key->moves = movesIn(state);
    return *key;
}

KeyView FakeConsole::rotate(KeyPurpose purpose)
{
    const KeyView fresh {.kid = u"k-fresh-%1"_s.arg(keyRows.size()),
                         .purpose = purpose,
                         .algorithm = u"ES256"_s,
                         .state = KeyState::Current,
                         .createdAt = m_clock.now(),
                         .activatedAt = m_clock.now(),
                         .displacedTo = KeyState::Standby,
                         .moves = movesIn(KeyState::Current)};
    for (KeyView &key : keyRows) {
        if (key.purpose != purpose || key.state != KeyState::Current)
            continue;
        put(key.kid, KeyState::Retiring);
        key.rotatesAt.reset();
        key.retiredAt = m_clock.now();
        key.verifyUntil = m_clock.now() + std::chrono::minutes {16};
    }
    keyRows.prepend(fresh);
    return fresh;
}

void FakeConsole::teachKeys()
{
    teach<ListKeys>([this](const auto &) { return Play<ListKeys> {u"keys"_s, keyRows}; });
    teach<ListKeyConsumers>([this](const auto &) { return Play<ListKeyConsumers> {u"consumers"_s, consumers}; });
    teach<RotateKey>(
        [this](const RotateKey &order) { return Play<RotateKey> {u"rotateKey %1"_s.arg(nameOf(order.purpose)), rotate(order.purpose)}; });
    teachKeyChanges();
    teachMasterKey();
}

void FakeConsole::teachMasterKey()
{
    teach<ReadMasterKey>([this](const auto &) { return Play<ReadMasterKey> {u"masterKey"_s, masterKey}; });
    teach<MoveMasterKey>([this](const MoveMasterKey &order) {
        masterKey.source = order.to;
        return Play<MoveMasterKey> {u"moveMasterKey %1"_s.arg(nameOf(order.to)), masterKey};
    });
    teach<RotateMasterKey>([this](const auto &) {
        ++masterKey.version;
        return Play<RotateMasterKey> {u"rotateMasterKey"_s, masterKey};
    });
}

void FakeConsole::teachKeyChanges()
{
    teach<RevokeKey>([this](const RevokeKey &order) {
        return Play<RevokeKey> {u"revokeKey %1"_s.arg(order.kid),
                                keyOf(order.kid).transform([this](const KeyView &key) { return put(key.kid, KeyState::Revoked); })};
    });
    teach<RestoreKey>([this](const RestoreKey &order) {
        return Play<RestoreKey> {
            u"restoreKey %1"_s.arg(order.kid), keyOf(order.kid).transform([this](const KeyView &key) {
                KeyRestored answer;
                const KeyState to = key.state == KeyState::Revoked ? KeyState::Retiring : KeyState::Current;
                const auto isCurrent = [&key](const KeyView &one) { return one.purpose == key.purpose && one.state == KeyState::Current; };
                if (const auto current = std::ranges::find_if(keyRows, isCurrent); current != keyRows.end() && to == KeyState::Current)
                    answer.displaced = put(current->kid, current->displacedTo.value_or(KeyState::Retiring));
                answer.key = put(key.kid, to);
                answer.ended = key.state == KeyState::Revoked && key.purpose == KeyPurpose::Refresh ? key.sessions : 0;
                return answer;
            })};
    });
    teach<RemoveKey>([this](const RemoveKey &order) {
        const auto key = keyOf(order.kid);
        keyRows.removeIf([&order](const KeyView &one) { return one.kid == order.kid; });
        return Play<RemoveKey> {u"removeKey %1"_s.arg(order.kid), key};
    });
    teach<ImportFormerSecret>([this](const ImportFormerSecret &order) {
        const KeyView key {.kid = u"former"_s,
                           .purpose = KeyPurpose::Former,
                           .algorithm = u"HS256"_s,
                           .state = KeyState::Retiring,
                           .createdAt = m_clock.now(),
                           .verifyUntil = m_clock.now() + order.lasting,
                           .moves = {{.move = KeyMove::Revoke, .to = KeyState::Revoked}}};
        keyRows += key;
        return Play<ImportFormerSecret> {u"importFormer %1 %2"_s.arg(order.secret).arg(order.lasting.count()), key};
    });
    teach<ImportKey>([this](const ImportKey &order) {
        const KeyView key {.kid = u"imported"_s, .algorithm = u"ES256"_s, .createdAt = m_clock.now(), .moves = movesIn(KeyState::Standby)};
        if (!m_failures.contains(u"importKey"_s) && !m_lasting.contains(u"importKey"_s))
            keyRows += key;
        return Play<ImportKey> {u"importKey %1|%2|%3"_s.arg(order.key, order.passphrase, order.algorithm.value_or(u"-"_s)), key};
    });
}

} // namespace warder::test
