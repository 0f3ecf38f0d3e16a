#include "core/console/local/AccountImport.h"
#include "tests/support/World.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Whoever changes a row tells of it, once it is on disk, and of nothing else.
class TestListeners : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void changes_areTold_data();
    void changes_areTold();
    void renewals_areToldOfTheUserAsTheyAre();
};

namespace {

const QString bcrypt = u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s; // "U*U"

/// Ann, who is signed in, and what may happen to her.
struct Scene
{
    World &world;
    TokenPair ann;
    TimePoint now() const { return world.clock.now(); }
};
using Act = std::function<void(Scene &)>;

void importOne(Scene &scene, const QString &email, bool dryRun)
{
    AccountImport import(*scene.world.database, scene.world.accounts, scene.world.registration);
    const ImportedUser account {
        .line = 1, .id = Id::create(scene.now()), .email = email, .name = {}, .roles = {}, .passwordHash = bcrypt, .createdAt = {}};
    import.add({account}, scene.now()).value();
    import.finish({.skipExisting = true, .dryRun = dryRun}, u"test"_s, scene.world.clock).value();
}

} // namespace

void TestListeners::changes_areTold_data()
{
    QTest::addColumn<Act>("act");
    QTest::addColumn<QStringList>("told");
    const auto row = [](const char *name, const Act &act, const QStringList &told) { QTest::newRow(name) << act << told; };
    const QStringList changed {u"user changed"_s};
    row("registered", [](Scene &s) { QVERIFY(s.world.join(u"bob@example.com"_s)); }, {u"user created"_s, u"opened"_s});
    row("taken", [](Scene &s) { QVERIFY(!s.world.join(u"ann@example.com"_s)); }, {});
    row("created",
        [](Scene &s) { QVERIFY(s.world.registration.create({.email = u"bob@example.com"_s, .password = password}, u"test"_s, s.now())); },
        {u"user created"_s});
    row("edited", [](Scene &s) { QVERIFY(s.world.accounts.edit(s.ann.user.id, {.name = u"Änn"_s}, u"user"_s, s.now())); }, changed);
    row("edited to what it was", [](Scene &s) { QVERIFY(s.world.accounts.edit(s.ann.user.id, {.name = QString()}, u"user"_s, s.now())); },
        {});
    row("a password set",
        [](Scene &s) { QVERIFY(s.world.changes.setPassword(s.ann.user.id, u"another long sentence"_s, u"test"_s, s.now())); },
        {u"user changed"_s, u"ended password_changed"_s});
    row("disabled", [](Scene &s) { QVERIFY(s.world.changes.setDisabled(s.ann.user.id, true, u"test"_s, s.now())); },
        {u"user changed"_s, u"ended account_disabled"_s});
    row("enabled", [](Scene &s) { QVERIFY(s.world.changes.setDisabled(s.ann.user.id, false, u"test"_s, s.now())); }, changed);
    row("nobody disabled", [](Scene &s) { QVERIFY(!s.world.changes.setDisabled(Id::create(s.now()), true, u"test"_s, s.now())); }, {});
    row("removed", [](Scene &s) { QVERIFY(s.world.changes.remove(s.ann.user.id, u"test"_s, s.now())); },
        {u"ended account_removed"_s, u"user removed"_s});
    row("nobody removed", [](Scene &s) { QVERIFY(!s.world.changes.remove(Id::create(s.now()), u"test"_s, s.now())); }, {});
    row("imported", [](Scene &s) { importOne(s, u"bob@example.com"_s, false); }, {u"users imported 1"_s});
    row("an import tried", [](Scene &s) { importOne(s, u"bob@example.com"_s, true); }, {});
    row("an import of nobody new", [](Scene &s) { importOne(s, u"ann@example.com"_s, false); }, {});
    row("signed in", [](Scene &s) { QVERIFY(s.world.login(u"ann@example.com"_s)); }, {u"opened"_s});
    row("signed in wrongly", [](Scene &s) { QVERIFY(!s.world.login(u"ann@example.com"_s, u"wrong"_s)); }, {});
    row("signed in with an old hash",
        [](Scene &s) {
            QVERIFY(
                s.world.registration.create({.email = u"bob@example.com"_s, .password = {}, .passwordHash = bcrypt}, u"test"_s, s.now()));
            QVERIFY(s.world.login(u"bob@example.com"_s, u"U*U"_s));
        },
        {u"user created"_s, u"user changed"_s, u"opened"_s});
    row("signed in again",
        [](Scene &s) {
            const Credentials given {.email = u"ann@example.com"_s, .password = password};
            QVERIFY(s.world.signIn.byPassword(given, s.world.client, s.now(), {.former = {s.ann.session.id}}));
        },
        {u"opened"_s, u"ended signed_in_again"_s});
    row("renewed", [](Scene &s) { QVERIFY(s.world.refresh(s.ann.refreshToken)); }, {u"renewed"_s});
    row("reused",
        [](Scene &s) {
            QVERIFY(s.world.refresh(s.ann.refreshToken));
            s.world.clock.advance(Seconds {31});
            QVERIFY(!s.world.refresh(s.ann.refreshToken));
        },
        {u"renewed"_s, u"ended reuse"_s, u"reused from 192.0.2.7"_s});
    row("signed out twice",
        [](Scene &s) {
            for (int i = 0; i < 2; ++i)
                QVERIFY(s.world.sessions.logoutByToken(s.ann.refreshToken, s.now()));
        },
        {u"ended logout"_s});
    row("a key rotated", [](Scene &s) { QVERIFY(s.world.keys.rotate(KeyPurpose::Access, u"test"_s, s.now())); }, {u"keys changed"_s});
    row("a key revoked twice",
        [](Scene &s) {
            const QString kid = s.world.keys.ring()->current(KeyPurpose::Access).kid;
            for (int i = 0; i < 2; ++i)
                QVERIFY(s.world.keys.revoke(kid, u"test"_s, s.now()));
        },
        {u"keys changed"_s});
    row("no key revoked", [](Scene &s) { QVERIFY(!s.world.keys.revoke(u"nonsense"_s, u"test"_s, s.now())); }, {});
}

void TestListeners::changes_areTold()
{
    QFETCH(const Act, act);
    const QTemporaryDir folder;
    FakeClock clock;
    World world(folder.path(), clock);
    Scene scene {.world = world, .ann = world.join(u"ann@example.com"_s).value()};
    const qsizetype before = world.listener.names().size();
    clock.advance(Seconds {1});
    act(scene);
    QTEST(world.listener.names().mid(before), "told");
}

/// The copy of a user is forgotten before anybody is told, so that nobody tells of an older one.
void TestListeners::renewals_areToldOfTheUserAsTheyAre()
{
    const QTemporaryDir folder;
    FakeClock clock;
    World world(folder.path(), clock);
    const auto ann = world.join(u"ann@example.com"_s);
    QVERIFY(world.accounts.findById(ann->user.id)); // and kept
    QVERIFY(world.accounts.edit(ann->user.id, {.email = u"bea@example.com"_s}, u"test"_s, clock.now()));
    QVERIFY(world.refresh(ann->refreshToken));
    QCOMPARE(world.listener.told().last().name, u"renewed"_s);
    QCOMPARE(world.listener.told().last().email, u"bea@example.com"_s);
}

QTEST_GUILESS_MAIN(TestListeners)
#include "TestListeners.moc"
