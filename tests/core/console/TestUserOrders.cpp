#include "core/accounts/Accounts.h"
#include "core/audit/AuditStore.h"
#include "core/console/UserMatcher.h"
#include "core/console/orders/Factors.h"
#include "core/console/orders/Imports.h"
#include "core/console/orders/Sessions.h"
#include "core/console/orders/Users.h"
#include "core/signin/BulkChanges.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/ConsoleWorld.h"

#include <QFutureWatcher>
#include <QSet>
#include <QTest>

#include <functional>
#include <memory>
#include <optional>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// What an admin does to many users at once, and what a deletion is to the console.
class TestUserOrders : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init() { m_w = std::make_unique<ConsoleWorld>(); }
    void cleanup() { m_w.reset(); }

    void act_isDone_data();
    void act_isDone();
    void chosenOnes_alone_areChanged();
    void anotherNumber_isAConflict();
    void wrongOrders_areRefused_data();
    void wrongOrders_areRefused();
    void thoseThatAreSo_areLeft();
    void deletedOnes_areLeft();
    void contrary_takesItBack();
    void progress_isTold_andCancellingStops();
    void stopping_isAnsweredWithWhatIsDone();
    void stopping_beforeItsBegin_changesNobody();
    void sessions_endAtOnce();
    void eachChange_isToldAndRecorded();
    void deletion_movesBetweenTheLists();
    void lockingOut_isOfWhatWasSeen_data();
    void lockingOut_isOfWhatWasSeen();
    void filter_isOneForAll_data();
    void filter_isOneForAll();
    void import_isSeenBeforeItIsDone();
    void import_thatIsGivenUp_doesNotBeginLater();

private:
    void add(int many)
    {
        for (int i = 0; i < many; ++i)
            m_w->world.add(u"u%1@example.com"_s.arg(i, 3, 10, QChar(u'0')));
    }
    User userOf(const QString &email) { return m_w->world.accounts.findByEmail(email).value().value(); }
    Result<UsersChanged> ask(const ChangeUsers &order) { return got(m_w->console.ask(order)); }
    /// The rows of users that the journal tells of; it tells of records as well.
    QList<UserView> toldSince(quint64 position)
    {
        QList<UserView> told;
        const Changes all = m_w->journal.since(position);
        for (const Change &each : all.changes) {
            if (const auto *user = std::get_if<UserView>(&each))
                told += *user;
        }
        return told;
    }

    std::unique_ptr<ConsoleWorld> m_w;
};

void TestUserOrders::act_isDone_data()
{
    QTest::addColumn<AccountAct>("act");
    QTest::newRow("disable") << AccountAct::Disable;
    QTest::newRow("enable") << AccountAct::Enable;
    QTest::newRow("end sessions") << AccountAct::EndSessions;
    QTest::newRow("add a role") << AccountAct::AddRole;
    QTest::newRow("remove a role") << AccountAct::RemoveRole;
}

void TestUserOrders::act_isDone()
{
    QFETCH(const AccountAct, act);
    const auto pair = m_w->join(u"ann@example.com"_s);
    const Id ann = pair.user.id;
    if (act == AccountAct::Enable)
        QVERIFY(m_w->world.changes.setDisabled(ann, true, u"test"_s, m_w->clock.now()));
    if (act == AccountAct::RemoveRole)
        QVERIFY(m_w->world.changes.edit(ann, {.addRoles = {u"editor"_s}}, u"test"_s, m_w->clock.now()));
    const auto changed = ask({.act = act, .role = u"editor"_s, .shown = UserFilter {.text = u"ann@"_s}, .seen = 1});
    QCOMPARE(changed->changed, 1);
    QCOMPARE(changed->left, 0);
    QCOMPARE(changed->users, QList<Id> {ann});
    QCOMPARE(userOf(u"ann@example.com"_s).disabled, act == AccountAct::Disable);
    QCOMPARE(userOf(u"ann@example.com"_s).roles, act == AccountAct::AddRole ? QStringList {u"editor"_s} : QStringList());
    const bool ends = act == AccountAct::Disable || act == AccountAct::EndSessions || act == AccountAct::Enable;
    QCOMPARE(m_w->world.isGood(pair.accessToken), !ends);
}

void TestUserOrders::chosenOnes_alone_areChanged()
{
    add(5);
    const QList<Id> chosen {userOf(u"u001@example.com"_s).id, userOf(u"u003@example.com"_s).id};
    QCOMPARE(ask({.act = AccountAct::Disable, .users = chosen, .seen = 2})->changed, 2);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(userOf(u"u00%1@example.com"_s.arg(i)).disabled, i == 1 || i == 3);
}

/// Nobody is changed whom the person did not count.
void TestUserOrders::anotherNumber_isAConflict()
{
    add(3);
    const auto refused = ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 2});
    QCOMPARE(refused.error().code, ErrorCode::Conflict);
    QVERIFY(!userOf(u"u000@example.com"_s).disabled);
    QCOMPARE(ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 3})->changed, 3);
}

void TestUserOrders::wrongOrders_areRefused_data()
{
    QTest::addColumn<ChangeUsers>("order");
    const Id somebody = Id::create(fromMilliseconds(1));
    const QString longText(513, u'a');
    QTest::newRow("nobody") << ChangeUsers {.act = AccountAct::Disable};
    QTest::newRow("both") << ChangeUsers {.act = AccountAct::Disable, .shown = UserFilter(), .users = {somebody}, .seen = 1};
    QTest::newRow("no role") << ChangeUsers {.act = AccountAct::AddRole, .users = {somebody}, .seen = 1};
    QTest::newRow("a bad role") << ChangeUsers {.act = AccountAct::RemoveRole, .role = u"a b"_s, .users = {somebody}, .seen = 1};
    QTest::newRow("a long text") << ChangeUsers {.act = AccountAct::Enable, .shown = UserFilter {.text = longText}, .seen = 1};
    QTest::newRow("too many") << ChangeUsers {
        .act = AccountAct::Enable, .users = QList<Id>(ChangeUsers::mostChosen + 1, somebody), .seen = ChangeUsers::mostChosen + 1};
}

void TestUserOrders::wrongOrders_areRefused()
{
    QFETCH(const ChangeUsers, order);
    QCOMPARE(ask(order).error().code, ErrorCode::InvalidInput);
}

void TestUserOrders::thoseThatAreSo_areLeft()
{
    add(3);
    QVERIFY(m_w->world.changes.setDisabled(userOf(u"u001@example.com"_s).id, true, u"test"_s, m_w->clock.now()));
    const auto changed = ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 3});
    QCOMPARE(changed->changed, 2);
    QCOMPARE(changed->left, 1);
    QVERIFY(!changed->users.contains(userOf(u"u001@example.com"_s).id));
    const auto strangers = ask({.act = AccountAct::Disable, .users = {Id::create(m_w->clock.now())}, .seen = 1});
    QCOMPARE(strangers->left, 1); // gone meanwhile
}

void TestUserOrders::deletedOnes_areLeft()
{
    add(2);
    const Id user = userOf(u"u000@example.com"_s).id;
    QVERIFY(got(m_w->console.ask(DeleteUser {.user = user})));
    QCOMPARE(ask({.act = AccountAct::AddRole, .role = u"editor"_s, .shown = UserFilter(), .seen = 1})->changed, 1);
    const auto left = ask({.act = AccountAct::Enable, .shown = UserFilter {.deleted = true}, .seen = 1});
    QCOMPARE(left->changed, 0);
    QCOMPARE(left->left, 1);
}

void TestUserOrders::contrary_takesItBack()
{
    add(4);
    const auto done = ask({.act = AccountAct::AddRole, .role = u"editor"_s, .shown = UserFilter(), .seen = 4});
    QCOMPARE(ask({.act = AccountAct::RemoveRole, .role = u"editor"_s, .users = done->users, .seen = 4})->changed, 4);
    QCOMPARE(userOf(u"u002@example.com"_s).roles, QStringList());
}

void TestUserOrders::progress_isTold_andCancellingStops()
{
    constexpr int many = 4 * int(BulkChanges::changedAtOnce);
    add(many);
    auto changing = m_w->console.ask(ChangeUsers {.act = AccountAct::Disable, .shown = UserFilter(), .seen = many});
    QFutureWatcher<Result<UsersChanged>> watcher;
    int told = 0;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, &watcher, [&](int done) {
        told = done;
        if (done > 0)
            changing.cancel();
    });
    watcher.setFuture(changing);
    QTRY_VERIFY_WITH_TIMEOUT(changing.isFinished(), 60'000);
    QVERIFY(told > 0);
    QCOMPARE(told % int(BulkChanges::changedAtOnce), 0);
    qint64 disabled = 0;
    for (int i = 0; i < many; ++i)
        disabled += userOf(u"u%1@example.com"_s.arg(i, 3, 10, QChar(u'0'))).disabled;
    QVERIFY(disabled >= told);
    QCOMPARE(disabled % int(BulkChanges::changedAtOnce), 0); // whole pieces
}

/// Else nobody could take it back.
void TestUserOrders::stopping_isAnsweredWithWhatIsDone()
{
    constexpr int many = 4 * int(BulkChanges::changedAtOnce);
    add(many);
    const Id work = Id::create(m_w->clock.now());
    const auto changing = m_w->console.ask(ChangeUsers {.act = AccountAct::Disable, .shown = UserFilter(), .seen = many, .work = work});
    QFutureWatcher<Result<UsersChanged>> watcher;
    connect(&watcher, &QFutureWatcherBase::progressValueChanged, &watcher, [&](int done) {
        if (done > 0)
            (void)m_w->console.ask(StopChange {.work = work});
    });
    watcher.setFuture(changing);
    const auto changed = got(changing);
    QVERIFY(changed && changed->changed > 0);
    QCOMPARE(changed->left, 0);
    QCOMPARE(changed->users.size(), changed->changed);
    QCOMPARE(ask({.act = AccountAct::Enable, .users = changed->users, .seen = changed->users.size()})->changed, changed->changed);
    for (int i = 0; i < many; ++i)
        QVERIFY(!userOf(u"u%1@example.com"_s.arg(i, 3, 10, QChar(u'0'))).disabled);
}

void TestUserOrders::stopping_beforeItsBegin_changesNobody()
{
    add(2);
    const Id work = Id::create(m_w->clock.now());
    QVERIFY(got(m_w->console.ask(StopChange {.work = work})));
    QCOMPARE(ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 2, .work = work}).value(), UsersChanged());
    QCOMPARE(ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 2, .work = Id::create(m_w->clock.now())})->changed, 2);
}

void TestUserOrders::sessions_endAtOnce()
{
    const auto ann = m_w->join(u"ann@example.com"_s);
    const auto bob = m_w->join(u"bob@example.com"_s);
    QCOMPARE(ask({.act = AccountAct::EndSessions, .shown = UserFilter {.text = u"ann"_s}, .seen = 1})->changed, 1);
    QVERIFY(!m_w->world.isGood(ann.accessToken));
    QVERIFY(m_w->world.isGood(bob.accessToken));
    QVERIFY(m_w->world.login(u"ann@example.com"_s)); // at once
}

void TestUserOrders::eachChange_isToldAndRecorded()
{
    add(2);
    const quint64 before = m_w->journal.position();
    QVERIFY(ask({.act = AccountAct::Disable, .shown = UserFilter(), .seen = 2}));
    const QList<UserView> told = toldSince(before);
    QCOMPARE(told.size(), 2);
    QVERIFY(told.first().disabled);
    const Id user = userOf(u"u000@example.com"_s).id;
    const auto events = AuditStore::newest(m_w->world.database->reader(), user, audit::userDisabled, 9).value();
    QCOMPARE(events.size(), 1);
    QCOMPARE(events.first().actor, u"console"_s);
}

void TestUserOrders::deletion_movesBetweenTheLists()
{
    add(2);
    const Id user = userOf(u"u000@example.com"_s).id;
    const quint64 before = m_w->journal.position();
    const auto deleted = got(m_w->console.ask(DeleteUser {.user = user}));
    QVERIFY(deleted->disabled && deleted->deletedAt && deleted->goesAt);
    QCOMPARE(toldSince(before).last(), *deleted);
    QCOMPARE(got(m_w->console.ask(ListUsers {.limit = 50}))->rows.size(), 1);
    QCOMPARE(got(m_w->console.ask(CountUsers {})).value(), 1);
    QCOMPARE(got(m_w->console.ask(ListUsers {.deleted = true, .limit = 50}))->rows, QList<UserView> {*deleted});
    QCOMPARE(got(m_w->console.ask(CountUsers {.deleted = true})).value(), 1);
    const auto restored = got(m_w->console.ask(RestoreUser {.user = user}));
    QVERIFY(!restored->disabled && !restored->deletedAt);
    QCOMPARE(got(m_w->console.ask(CountUsers {})).value(), 2);
    QCOMPARE(got(m_w->console.ask(RestoreUser {.user = user})).error().code, ErrorCode::Conflict);
}

void TestUserOrders::lockingOut_isOfWhatWasSeen_data()
{
    using Lock = std::function<bool(Console &, Id user, std::optional<qint64> seen)>;
    QTest::addColumn<Lock>("lock");
    const auto row = [](const char *name, const Lock &lock) { QTest::newRow(name) << lock; };
    row("disable", [](Console &console, Id user, std::optional<qint64> seen) {
        return got(console.ask(SetUserDisabled {.user = user, .disabled = true, .seen = seen})).has_value();
    });
    row("delete", [](Console &console, Id user, std::optional<qint64> seen) {
        return got(console.ask(DeleteUser {.user = user, .seen = seen})).has_value();
    });
    row("reset second factors", [](Console &console, Id user, std::optional<qint64> seen) {
        return got(console.ask(ResetFactors {.user = user, .seen = seen})).has_value();
    });
}

/// What the question counts is what the order ends: no session that is over, and none that came meanwhile.
void TestUserOrders::lockingOut_isOfWhatWasSeen()
{
    QFETCH(const std::function<bool(Console &, Id, std::optional<qint64>)>, lock);
    const auto first = m_w->join(u"ann@example.com"_s);
    const Id ann = first.user.id;
    setUpTotp(m_w->world, first);
    const CountSessions question {.filter = {.text = {}, .user = ann}};
    const qint64 seen = got(m_w->console.ask(question))->live;
    QCOMPARE(seen, 1);
    QVERIFY(m_w->world.database->write([&](Transaction &transaction) {
        const Session late = m_w->sessions.prepare(first.user, m_w->world.client, {.name = u"password"_s, .amr = {}}, m_w->clock.now());
        return m_w->sessions.open(transaction, first.user, late, {}, m_w->clock.now());
    }));
    QVERIFY(!lock(m_w->console, ann, seen));
    QVERIFY(m_w->world.isGood(first.accessToken));
    QVERIFY(!userOf(u"ann@example.com"_s).disabled);
    QVERIFY(userOf(u"ann@example.com"_s).hasSecondFactor);
    QVERIFY(lock(m_w->console, ann, got(m_w->console.ask(question))->live));
    QVERIFY(!m_w->world.isGood(first.accessToken));
    QCOMPARE(got(m_w->console.ask(question))->live, 0);
}

void TestUserOrders::filter_isOneForAll_data()
{
    QTest::addColumn<UserFilter>("filter");
    QTest::newRow("everybody") << UserFilter();
    QTest::newRow("a text") << UserFilter {.text = u"ann"_s};
    QTest::newRow("in other letters") << UserFilter {.text = u"ÁNN"_s};
    QTest::newRow("nobody") << UserFilter {.text = u"zzz"_s};
    QTest::newRow("deleted") << UserFilter {.deleted = true};
    QTest::newRow("deleted, a text") << UserFilter {.text = u"LEE"_s, .deleted = true};
}

/// List, count, effect of an order and the window's own judge.
void TestUserOrders::filter_isOneForAll()
{
    QFETCH(const UserFilter, filter);
    m_w->world.add(u"ann@example.com"_s, u"Ann Lee"_s);
    m_w->world.add(u"joann@example.com"_s, u"Ánn"_s);
    m_w->world.add(u"bob@example.com"_s);
    for (const QString &email : {u"lee@example.com"_s, u"gone@example.com"_s})
        QVERIFY(got(m_w->console.ask(DeleteUser {.user = m_w->world.add(email).id})));
    QSet<Id> judged;
    const UserMatcher matcher(filter);
    for (const bool deleted : {false, true}) {
        const auto all = got(m_w->console.ask(ListUsers {.deleted = deleted, .limit = 50}));
        for (const UserView &user : all->rows) {
            if (matcher.matches(user))
                judged += user.id;
        }
    }
    QSet<Id> listed;
    const auto shown = got(m_w->console.ask(ListUsers {.text = filter.text, .deleted = filter.deleted, .limit = 50}));
    for (const UserView &user : shown->rows)
        listed += user.id;
    QCOMPARE(listed, judged);
    QCOMPARE(got(m_w->console.ask(CountUsers {.text = filter.text, .deleted = filter.deleted})).value(), judged.size());
    const auto changed = ask({.act = AccountAct::EndSessions, .shown = filter, .seen = judged.size()});
    QCOMPARE(changed->changed + changed->left, judged.size());
}

/// A dry run that is kept changes nothing, and the import that follows is the one that was seen.
void TestUserOrders::import_isSeenBeforeItIsDone()
{
    const QString hash = u"$2b$04$abcdefghijklmnopqrstuuGcJYgSW1sDbAGLM0s8g1pcVXTY1ZwGG"_s;
    m_w->world.add(u"ann@example.com"_s);
    const Id import = Id::create(m_w->clock.now());
    const auto user = [&](qint64 line, const QString &email) {
        return ImportedUser {.line = line,
                             .id = Id::create(m_w->clock.now() + Milliseconds {line}),
                             .email = email,
                             .name = {},
                             .roles = {},
                             .passwordHash = hash};
    };
    QVERIFY(got(m_w->console.ask(AddToImport {.import = import, .users = {user(2, u"ann@example.com"_s), user(3, u"bob@example.com"_s)}})));
    for (int i = 0; i < 2; ++i) { // as often as somebody looks
        const auto seen =
            got(m_w->console.ask(FinishImport {.import = import, .options = {.skipExisting = true, .dryRun = true, .keep = true}}));
        QCOMPARE(seen->added, 1);
        QCOMPARE(seen->skipped, 1);
        QCOMPARE(m_w->world.accounts.count().value(), 1);
    }
    const FinishImport write {.import = import, .options = {.skipExisting = true}};
    QCOMPARE(got(m_w->console.ask(write))->added, 1);
    QCOMPARE(m_w->world.accounts.count().value(), 2);
    QCOMPARE(got(m_w->console.ask(write)).error().code, ErrorCode::NotFound);
}

/// Its first piece may be overtaken by its end.
void TestUserOrders::import_thatIsGivenUp_doesNotBeginLater()
{
    const Id import = Id::create(m_w->clock.now());
    const FinishImport givenUp {.import = import, .options = {.skipExisting = true, .dryRun = true}};
    QCOMPARE(got(m_w->console.ask(givenUp)).error().code, ErrorCode::NotFound);
    QCOMPARE(got(m_w->console.ask(AddToImport {.import = import, .users = {}})).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestUserOrders)
#include "TestUserOrders.moc"
