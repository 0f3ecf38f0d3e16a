#include "tests/ui/support/FakeConsole.h"

#include "core/base/Id.h"
#include "core/console/UserMatcher.h"

using namespace Qt::StringLiterals;

namespace warder::test {
namespace {

QString seenInWords(std::optional<qint64> seen) { return seen ? u" seen %1"_s.arg(*seen) : QString(); }

} // namespace

FakeConsole::FakeConsole(const Clock &clock) : m_clock(clock)
{
    mailNow.transport = u"file"_s;
    mailNow.place = u"files in /data/mails"_s;
    teachServer();
    teachSettings();
    teachSessions();
    teachUsers();
    teachUserChanges();
    teachImports();
    teachHashing();
    teachFactors();
    teachLimits();
    teachKeys();
    teachMail();
    teachAlarms();
    teachProviders();
    teachActivity();
    teachBackups();
    teachRestores();
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
    teach<ReadTraffic>([this](const ReadTraffic &order) {
        const qint64 window = order.window.count();
        return Play<ReadTraffic> {u"traffic %1"_s.arg(window), traffic.value(window)};
    });
    teach<ReadTrends>([this](const auto &) { return Play<ReadTrends> {u"trends"_s, trends}; });
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
    teach<ReloadServer>([this](const auto &) { return Play<ReloadServer> {u"reloadServer"_s, overviewNow.server.waiting}; });
    teach<RestartServer>([this](const auto &) {
        if (!m_failures.contains(u"restartServer"_s))
            overviewNow.server.waiting.clear();
        return Play<RestartServer> {u"restartServer"_s, Result<void>()};
    });
    teach<ListPasskeyHosts>([this](const auto &) { return Play<ListPasskeyHosts> {u"passkeyHosts"_s, passkeyHosts}; });
}

QList<UserView> FakeConsole::found(const UserFilter &filter) const
{
    const UserMatcher matcher(filter);
    QList<UserView> rows;
    for (const UserView &row : userRows) {
        if (matcher.matches(row))
            rows += row;
    }
    return rows;
}

void FakeConsole::teachUsers()
{
    teach<ListUsers>([this](const ListUsers &order) {
        const auto rows = found({.text = order.text, .deleted = order.deleted});
        return Play<ListUsers> {u"users %1"_s.arg(order.text), placedPageOf(rows, order, std::mem_fn(&UserView::email), std::greater())};
    });
    teach<CountUsers>([this](const CountUsers &order) {
        return Play<CountUsers> {u"countUsers %1"_s.arg(order.text), qint64(found({.text = order.text, .deleted = order.deleted}).size())};
    });
    teach<CountUsersEach>([this](const CountUsersEach &order) {
        QStringList words;
        QList<qint64> counts;
        for (const CountUsers &one : order.each) {
            words += one.text;
            counts += found({.text = one.text, .deleted = one.deleted}).size();
        }
        return Play<CountUsersEach> {u"eachUsers "_s + words.join(u'|'), counts};
    });
    teach<FindUser>([this](const FindUser &order) {
        const auto found = std::ranges::find_if(userRows, [&order](const UserView &each) { return each.id.toString() == order.user; });
        return Play<FindUser> {u"findUser"_s, found == userRows.end() ? Result<UserView>(refused(ErrorCode::NotFound)) : *found};
    });
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
        const QString what = u"setUserDisabled %1%2"_s.arg(QString::number(order.disabled), seenInWords(order.seen));
        if (order.disabled && !isToFail(u"setUserDisabled"_s) && !endAllOf(order.user, order.seen))
            return Play<SetUserDisabled> {what, Result<UserView>(refused(ErrorCode::Conflict))};
        row->disabled = order.disabled;
        return Play<SetUserDisabled> {what, *row};
    });
    teach<SetUserPassword>([this](const SetUserPassword &order) {
        if (const auto row = std::ranges::find(userRows, order.user, &UserView::id);
            row != userRows.end() && !isToFail(u"setUserPassword"_s))
            row->mustChangePassword = order.mustChange;
        return Play<SetUserPassword> {u"setUserPassword %1%2"_s.arg(order.password, order.mustChange ? u" must change"_s : QString()), {}};
    });
    teach<RemoveUser>([](const auto &) { return Play<RemoveUser> {u"removeUser"_s, {}}; });
}

UsersChanged FakeConsole::change(const ChangeUsers &order)
{
    UsersChanged done;
    QList<Id> chosen = order.users;
    for (const UserView &row : order.shown ? found(*order.shown) : QList<UserView>())
        chosen += row.id;
    chosen = chosen.first(qMin(chosen.size(), reached.value_or(chosen.size())));
    for (UserView &row : userRows) {
        if (!chosen.contains(row.id))
            continue;
        const UserView before = row;
        if (order.act == AccountAct::Disable || order.act == AccountAct::Enable)
            row.disabled = order.act == AccountAct::Disable;
        if (order.act == AccountAct::AddRole && !row.roles.contains(order.role))
            row.roles += order.role;
        if (order.act == AccountAct::RemoveRole)
            row.roles.removeAll(order.role);
        if (row == before && order.act != AccountAct::EndSessions)
            continue;
        ++done.changed;
        done.users += row.id;
        m_journal += row;
    }
    done.left = chosen.size() - done.changed;
    answerPolls();
    return done;
}

void FakeConsole::teachUserChanges()
{
    teach<DeleteUser>([this](const DeleteUser &order) {
        const auto row = std::ranges::find(userRows, order.user, &UserView::id);
        const QString what = u"deleteUser %1%2"_s.arg(row->email, seenInWords(order.seen));
        if (!isToFail(u"deleteUser"_s) && !endAllOf(order.user, order.seen))
            return Play<DeleteUser> {what, Result<UserView>(refused(ErrorCode::Conflict))};
        if (!isToFail(u"deleteUser"_s)) {
            row->deletedAt = m_clock.now();
            row->goesAt = m_clock.now() + std::chrono::days {30};
        }
        return Play<DeleteUser> {what, *row};
    });
    teach<RestoreUser>([this](const RestoreUser &order) {
        const auto row = std::ranges::find(userRows, order.user, &UserView::id);
        row->deletedAt.reset();
        row->goesAt.reset();
        return Play<RestoreUser> {u"restoreUser %1"_s.arg(row->email), *row};
    });
    teach<ChangeUsers>([this](const ChangeUsers &order) {
        const qint64 number = order.shown ? found(*order.shown).size() : order.users.size();
        const QString what = u"changeUsers %1 %2 %3 seen %4"_s.arg(
            nameOf(order.act), order.role, order.shown ? u"shown “%1”"_s.arg(order.shown->text) : u"chosen"_s, QString::number(order.seen));
        if (number != order.seen || isToFail(u"changeUsers"_s))
            return Play<ChangeUsers> {what, Result<UsersChanged>(refused(ErrorCode::Conflict, QString::number(number)))};
        return Play<ChangeUsers> {what, change(order)};
    });
    teach<StopChange>([](const auto &) { return Play<StopChange> {u"stopChange"_s, {}}; });
}

void FakeConsole::teachImports()
{
    teach<AddToImport>([this](const AddToImport &order) {
        imported += order.users;
        return Play<AddToImport> {u"addToImport %1"_s.arg(order.users.size()), {}};
    });
    teach<FinishImport>([this](const FinishImport &order) {
        UserImport outcome = importOutcome;
        outcome.added = outcome.faults.isEmpty() ? imported.size() - outcome.skipped : 0;
        const QString how = order.options.dryRun ? order.options.keep ? u"preview"_s : u"forget"_s : u"write"_s;
        return Play<FinishImport> {u"finishImport %1"_s.arg(how), outcome};
    });
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
        if (isToFail(u"resetFactors"_s))
            return Play<ResetFactors> {what, FactorsResetView()};
        if (order.seen.value_or(liveOf(order.user).size()) != liveOf(order.user).size())
            return Play<ResetFactors> {what, Result<FactorsResetView>(refused(ErrorCode::Conflict))};
        return Play<ResetFactors> {what, resetFactors(*find(order.user))};
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
    teach<RotateKey>([this](const RotateKey &order) {
        const QString what = u"rotateKey %1"_s.arg(nameOf(order.purpose));
        const auto seen = keyOf(order.kid.value_or(QString()));
        if (order.kid && (!seen || seen->state != KeyState::Current))
            return Play<RotateKey> {what, Result<KeyView>(refused(ErrorCode::Conflict))};
        return Play<RotateKey> {what, rotate(order.purpose)};
    });
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
