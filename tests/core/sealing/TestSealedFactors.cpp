#include "core/credentials/Challenges.h"
#include "core/credentials/RecoveryCodes.h"
#include "core/storage/Database.h"
#include "tests/support/AuthenticatorApp.h"
#include "tests/support/LyingProvider.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// All that is sealed outlives a rotation of the master key, and opens under the new one alone.
class TestSealedFactors : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void rotation_keepsAllThatIsSealed_data();
    void rotation_keepsAllThatIsSealed();

private:
    QList<QByteArray> heads();
};

/// What each sealed value begins with: its form and the version of its master key.
QList<QByteArray> TestSealedFactors::heads()
{
    return m_world->database->reader()
        .all(u"SELECT substr(sealed, 1, 5) FROM totp_factors UNION ALL SELECT substr(data, 1, 5) FROM challenges "
             "UNION ALL SELECT substr(sealed, 1, 5) FROM outbox UNION ALL SELECT substr(sealed_secret, 1, 5) FROM oauth_providers "
             "UNION ALL SELECT substr(value, 1, 5) FROM facts WHERE key = 'recovery_key'"_s,
             {}, [](const Row &row) { return row.bytes(0).toHex(); })
        .value();
}

void TestSealedFactors::rotation_keepsAllThatIsSealed_data()
{
    QTest::addColumn<bool>("restarted");
    QTest::newRow("while it serves") << false;
    QTest::newRow("after a restart") << true;
}

void TestSealedFactors::rotation_keepsAllThatIsSealed()
{
    QFETCH(bool, restarted);
    const auto ann = m_world->join(u"ann@example.com"_s).value();
    const SetUp phone = setUpTotp(*m_world, ann);
    const Credentials typed {.email = u"ann@example.com"_s, .password = password};
    const auto ticket = [&] {
        const auto outcome = m_world->signIn.byPassword(typed, m_world->client, m_clock.now()).value();
        return Challenges::idOf(std::get<FactorNeeded>(outcome).ticket).value();
    };
    const QByteArray begun = ticket();
    QVERIFY(m_world->core->providers.add(LyingProvider(m_clock).client(), u"test"_s, m_clock.now()));
    const qsizetype sealed = heads().size(); // app, ticket, a mail with its link, provider, the codes' key
    QVERIFY(sealed >= 6);
    QCOMPARE(heads(), QList<QByteArray>(sealed, "0200000001"));
    QVERIFY(m_world->core->masterKeys.rotate(u"test"_s, m_clock.now()));
    QCOMPARE(heads(), QList<QByteArray>(sealed, "0200000002"));
    if (restarted)
        reopen();
    m_clock.advance(Seconds {30});
    const auto finish = [&](const QByteArray &signIn, const FactorProof &proof) {
        return m_world->pending.finish(signIn, proof, {}, m_world->client, m_clock.now());
    };
    QVERIFY(finish(begun, TotpProof {phone.app.codeAt(m_clock.now())})); // begun before, finished after
    QVERIFY(finish(ticket(), RecoveryProof {phone.recoveryCodes[0]}));
}

QTEST_GUILESS_MAIN(TestSealedFactors)
#include "TestSealedFactors.moc"
