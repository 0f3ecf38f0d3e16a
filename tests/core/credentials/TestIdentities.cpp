#include "core/credentials/Identities.h"
#include "core/credentials/WaysIn.h"
#include "core/federation/Providers.h"
#include "core/storage/Database.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <barrier>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

namespace {

ForeignIdentity foreign(const QString &subject = u"u1"_s, const QString &issuer = u"https://id.example"_s)
{
    return {.issuer = issuer, .subject = subject, .email = u"ann@example.com"_s, .isEmailVerified = true};
}

} // namespace

/// People's accounts at providers, and by what else they sign in.
class TestIdentities : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void link_isFound();
    void link_isOnePersons();
    void link_ofOne_isWonByOne();
    void sameSubject_atAnotherIssuer_isAnother();
    void use_keepsWhatIsTold();
    void use_ofOneThatWentMeanwhile_isRefused();
    void links_areBounded();
    void removal_isTheOwners();
    void goWithTheirOwner();
    void counts_areByProvider();
    void removalOfAll_goesInPieces();
    void waysIn_areThoseThatWork_data();
    void waysIn_areThoseThatWork();
    void lastWayIn_stays();
    void onlyWay_isCounted();

private:
    auto write(const auto &job) { return m_world->database->write(job); }
    void addProvider(const QString &name);
    Result<Identity> link(Id user, const ForeignIdentity &its = foreign(), const QString &provider = u"example"_s)
    {
        return write(
            [&](Transaction &transaction) { return Identities::link(transaction, user, provider, its, u"user"_s, m_clock.now()); });
    }
    std::optional<Identity> find(const ForeignIdentity &its)
    {
        return write([&](Transaction &transaction) { return Identities::find(transaction, its); }).value();
    }
    Result<void> execute(const QString &sql, const QVariantList &values = {})
    {
        return write([&](DbConnection &connection) { return connection.perform(sql, values); });
    }
    QList<Identity> heldBy(Id user) { return m_world->core->identities.findByUser(user).value(); }
    QStringList waysOf(Id user) { return m_world->core->waysIn.of(m_world->database->reader(), user).value(); }
    void turnOff(const QString &provider)
    {
        QVERIFY(m_world->core->providers.edit(provider, {.isEnabled = false}, u"test"_s, m_clock.now()));
    }
    Result<void> addPasskey(Id user, const QString &rpId = u"localhost"_s)
    {
        return execute(u"INSERT INTO passkeys (id, user_id, credential_id, public_key, algorithm, counter, uv_initialized, "
                       "backup_eligible, backed_up, aaguid, attestation, rp_id, created_at) "
                       "VALUES (randomblob(16), ?, randomblob(9), x'02', -7, 0, 1, 0, 0, x'00', 'none', ?, 0)"_s,
                       {bound(user), rpId});
    }
    Result<void> removePassword(Id user) { return execute(u"DELETE FROM credentials WHERE user_id = ?"_s, {bound(user)}); }

    Id m_ann;
};

void TestIdentities::init()
{
    WorldTest::init();
    addProvider(u"example"_s);
    m_ann = m_world->add(u"ann@example.com"_s).id;
}

void TestIdentities::addProvider(const QString &name)
{
    const NewProvider wanted {.kind = ProviderKind::Oidc,
                              .name = name,
                              .issuer = u"https://id.example"_s,
                              .clientId = u"warder"_s,
                              .secret = SecretBytes("hush"_ba),
                              .callbacks = {u"https://app.example/back"_s}};
    QVERIFY(m_world->core->providers.add(wanted, u"test"_s, m_clock.now()));
}

void TestIdentities::link_isFound()
{
    QVERIFY(!find(foreign()));
    const auto linked = link(m_ann);
    QVERIFY2(linked, linked ? "" : qPrintable(linked.error().detail));
    QCOMPARE(linked->user, m_ann);
    QCOMPARE(linked->provider, u"example"_s);
    QCOMPARE(linked->createdAt, m_clock.now());
    QCOMPARE(find(foreign()), std::optional(*linked));
    QCOMPARE(heldBy(m_ann), QList {*linked});
    QVERIFY(heldBy(m_world->add(u"bob@example.com"_s).id).isEmpty());
}

void TestIdentities::link_isOnePersons()
{
    QVERIFY(link(m_ann));
    QCOMPARE(link(m_ann).error().code, ErrorCode::IdentityTaken);
    QCOMPARE(link(m_world->add(u"bob@example.com"_s).id).error().code, ErrorCode::IdentityTaken);
    QCOMPARE(heldBy(m_ann).size(), 1);
}

void TestIdentities::link_ofOne_isWonByOne()
{
    QList<Id> users;
    for (int i = 0; i < 16; ++i)
        users += m_world->add(u"user%1@example.com"_s.arg(i)).id;
    std::atomic<int> won = 0;
    std::atomic<int> taken = 0;
    {
        std::barrier together(users.size());
        std::vector<std::jthread> threads;
        for (const Id &user : std::as_const(users))
            threads.emplace_back([&, user] {
                together.arrive_and_wait();
                const auto linked = link(user);
                won += linked.has_value();
                taken += !linked && linked.error().code == ErrorCode::IdentityTaken;
            });
    }
    QCOMPARE(won, 1);
    QCOMPARE(taken, 15);
}

void TestIdentities::sameSubject_atAnotherIssuer_isAnother()
{
    QVERIFY(link(m_ann));
    const Id bob = m_world->add(u"bob@example.com"_s).id;
    QVERIFY(link(bob, foreign(u"u1"_s, u"https://id2.example"_s)));
    QCOMPARE(find(foreign())->user, m_ann);
    QVERIFY(!find(foreign(u"U1"_s))); // letters count
    QVERIFY(!find(foreign(u"u1 "_s)));
}

void TestIdentities::use_keepsWhatIsTold()
{
    const Identity before = link(m_ann).value();
    m_clock.advance(Seconds {9});
    ForeignIdentity told = foreign();
    told.email = u"new@example.com"_s;
    told.isEmailVerified = false;
    const auto use = [&] {
        return write([&](Transaction &transaction) { return Identities::noteUse(transaction, before, u"example"_s, told, m_clock.now()); });
    };
    QVERIFY(use());
    Identity expected = before;
    expected.email = told.email;
    expected.isEmailVerified = false;
    expected.lastUsedAt = m_clock.now();
    QCOMPARE(find(foreign()), std::optional(expected));
    told.email.clear();
    QVERIFY(use());
    QCOMPARE(find(foreign())->email, before.email); // as the caller knew it
}

void TestIdentities::use_ofOneThatWentMeanwhile_isRefused()
{
    const Identity known = link(m_ann).value();
    const auto check = [&] { return write([&](Transaction &transaction) { return Identities::checkThere(transaction, known); }); };
    QVERIFY(check());
    QVERIFY(execute(u"DELETE FROM identities"_s));
    QCOMPARE(check().error().code, ErrorCode::InvalidCredentials);
    const auto use =
        write([&](Transaction &transaction) { return Identities::noteUse(transaction, known, u"example"_s, foreign(), m_clock.now()); });
    QCOMPARE(use.error().code, ErrorCode::NotFound);
}

void TestIdentities::links_areBounded()
{
    for (qint64 i = 0; i < Identities::mostOfUser; ++i)
        QVERIFY(link(m_ann, foreign(QString::number(i))));
    QCOMPARE(link(m_ann, foreign(u"more"_s)).error().code, ErrorCode::FactorLimit);
    QVERIFY(link(m_world->add(u"bob@example.com"_s).id, foreign(u"more"_s)));
}

void TestIdentities::removal_isTheOwners()
{
    const Identity linked = link(m_ann).value();
    const auto remove = [&](Id user) {
        return write([&](Transaction &transaction) { return Identities::remove(transaction, user, linked.id, u"user"_s, m_clock.now()); });
    };
    QCOMPARE(remove(m_world->add(u"bob@example.com"_s).id).error().code, ErrorCode::NotFound);
    QCOMPARE(remove(m_ann).value(), linked);
    QVERIFY(!find(foreign()));
    QCOMPARE(remove(m_ann).error().code, ErrorCode::NotFound);
    QVERIFY(link(m_world->accounts.findByEmail(u"bob@example.com"_s).value()->id)); // it is free again
}

void TestIdentities::goWithTheirOwner()
{
    QVERIFY(link(m_ann));
    QVERIFY(m_world->changes.remove(m_ann, u"test"_s, m_clock.now()));
    QVERIFY(!find(foreign()));
}

void TestIdentities::counts_areByProvider()
{
    addProvider(u"other"_s);
    addProvider(u"unused"_s);
    QVERIFY(link(m_ann) && link(m_ann, foreign(u"u2"_s)) && link(m_ann, foreign(u"u3"_s), u"other"_s));
    QStringList counts;
    const auto all = m_world->core->identities.countByProvider().value();
    for (const auto &one : all)
        counts += u"%1 %2"_s.arg(one.provider).arg(one.identities);
    QCOMPARE(counts, (QStringList {u"example 2"_s, u"other 1"_s}));
}

void TestIdentities::removalOfAll_goesInPieces()
{
    addProvider(u"other"_s);
    QVERIFY(link(m_ann, foreign(u"kept"_s), u"other"_s));
    QVERIFY(execute(u"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) "
                    "INSERT INTO identities (id, user_id, provider, issuer, subject, created_at, last_used_at) "
                    "SELECT randomblob(16), ?, 'example', 'https://id.example', 'n' || i, 0, 0 FROM n"_s,
                    {bound(m_ann)}));
    QCOMPARE(m_world->core->identities.removeOfProvider(u"example"_s).value(), 2500);
    QCOMPARE(m_world->core->identities.removeOfProvider(u"example"_s).value(), 0);
    QCOMPARE(heldBy(m_ann).size(), 1);
}

void TestIdentities::waysIn_areThoseThatWork_data()
{
    QTest::addColumn<bool>("hasPassword");
    QTest::addColumn<QString>("passkeyHost"); // empty: it has none
    QTest::addColumn<bool>("isLinked");
    QTest::addColumn<bool>("isOn"); // the provider
    QTest::addColumn<QStringList>("ways");
    QTest::newRow("all") << true << u"localhost"_s << true << true << QStringList {u"password"_s, u"passkey"_s, u"provider"_s};
    QTest::newRow("a password") << true << QString() << false << true << QStringList {u"password"_s};
    QTest::newRow("a passkey") << false << u"localhost"_s << false << true << QStringList {u"passkey"_s};
    QTest::newRow("a passkey of another host") << false << u"former.example"_s << false << true << QStringList();
    QTest::newRow("a provider") << false << QString() << true << true << QStringList {u"provider"_s};
    QTest::newRow("a provider that is turned off") << false << QString() << true << false << QStringList();
    QTest::newRow("nothing") << false << QString() << false << true << QStringList();
}

void TestIdentities::waysIn_areThoseThatWork()
{
    QFETCH(const bool, hasPassword);
    QFETCH(const QString, passkeyHost);
    QFETCH(const bool, isLinked);
    QFETCH(const bool, isOn);
    if (!hasPassword)
        QVERIFY(removePassword(m_ann));
    if (!passkeyHost.isEmpty())
        QVERIFY(addPasskey(m_ann, passkeyHost));
    if (isLinked)
        QVERIFY(link(m_ann));
    if (!isOn)
        turnOff(u"example"_s);
    QTEST(waysOf(m_ann), "ways");
}

void TestIdentities::lastWayIn_stays()
{
    const auto guard = [this](const std::function<Result<void>(Transaction &)> &remove) {
        return write(
            [&](Transaction &transaction) { return m_world->core->waysIn.guard(transaction, m_ann, [&] { return remove(transaction); }); });
    };
    const auto unlink = [this](Transaction &transaction) {
        return transaction.connection().perform(u"DELETE FROM identities WHERE user_id = ?"_s, {bound(m_ann)});
    };
    QVERIFY(link(m_ann));
    QVERIFY(guard(unlink)); // the password is left
    QVERIFY(link(m_ann) && removePassword(m_ann));
    QCOMPARE(guard(unlink).error().code, ErrorCode::LastSignInMethod);
    QCOMPARE(heldBy(m_ann).size(), 1); // undone
    QVERIFY(addPasskey(m_ann));
    QVERIFY(guard(unlink));
    QVERIFY(link(m_ann) && execute(u"DELETE FROM passkeys"_s));
    turnOff(u"example"_s);
    QVERIFY(guard(unlink)); // which let nobody in before
    const auto fail = [](Transaction &) -> Result<void> { return refused(ErrorCode::NotFound, u"test"_s); };
    QCOMPARE(guard(fail).error().code, ErrorCode::NotFound);
}

/// What an admin is told before a provider goes.
void TestIdentities::onlyWay_isCounted()
{
    addProvider(u"other"_s);
    const auto count = [this] { return m_world->core->waysIn.countOnlyBy(m_world->database->reader(), u"example"_s).value(); };
    QVERIFY(link(m_ann));
    QCOMPARE(count(), 0); // she has a password
    QVERIFY(removePassword(m_ann));
    QCOMPARE(count(), 1);
    QVERIFY(link(m_ann, foreign(u"again"_s)));
    QCOMPARE(count(), 1); // one account
    QVERIFY(addPasskey(m_ann, u"former.example"_s));
    QCOMPARE(count(), 1);
    QVERIFY(addPasskey(m_ann));
    QCOMPARE(count(), 0);
    QVERIFY(execute(u"DELETE FROM passkeys"_s) && link(m_ann, foreign(u"elsewhere"_s), u"other"_s));
    QCOMPARE(count(), 0);
    turnOff(u"other"_s);
    QCOMPARE(count(), 1);
}

QTEST_GUILESS_MAIN(TestIdentities)
#include "TestIdentities.moc"
