#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/MasterKey.h"
#include "tests/support/FakeKeychain.h"
#include "tests/support/WorldTest.h"

#include <QDir>
#include <QTest>

#include <memory>
#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

/// Where a start takes the master key from, and when it refuses instead.
class TestMasterKeySources : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void firstSourceThatHasAKey_wins_data();
    void firstSourceThatHasAKey_wins();
    void failingSource_stopsTheSearch_data();
    void failingSource_stopsTheSearch();
    void credential_mayBeALinkThatOthersRead();
    void keychain_isAskedOnlyWhereItHasTheKey();
    void keychain_thatGivesNothing_isNoFirstStart_data();
    void keychain_thatGivesNothing_isNoFirstStart();
    void newKey_goesWhereItStays_data();
    void newKey_goesWhereItStays();
    void givenKey_isTakenAtTheFirstStart();
    void noSourceThatIsWritten_makesNoKey();

private:
    QString path(const QString &name) const { return m_folder->filePath(name); }
    void write(const QString &name, const QByteArray &text) const;
    /// What a start says; empty when it succeeds.
    QString startWith(const MasterKeyPolicy &policy, Opening opening = Opening::Serve);
    QByteArray keyInForce() const { return m_world->core->sealing.current().key.view().toByteArray(); }

    CryptoLibraries m_libraries;
    std::shared_ptr<FakeKeychain> m_keychain;
    MasterKeyPolicy m_policy;
    const QByteArray m_other = QByteArray(32, 'x').toBase64();
};

void TestMasterKeySources::init()
{
    m_world.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_keychain = std::make_shared<FakeKeychain>();
    QVERIFY(QDir(m_folder->path()).mkdir(u"credentials"_s));
    m_policy = {.credentials = path(u"credentials"_s), .keychain = m_keychain};
    QVERIFY(QDir().mkdir(path(u"data"_s)));
}

void TestMasterKeySources::write(const QString &name, const QByteArray &text) const
{
    QFile file(path(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
            && file.write(text) == text.size());
}

QString TestMasterKeySources::startWith(const MasterKeyPolicy &policy, Opening opening)
{
    m_world.reset();
    CorePolicies policies = quickPolicies;
    policies.masterKey = policy;
    auto core = Core::openWith(policies, nullptr, DataDirectory::open(path(u"data"_s)).value(), Settings {}, m_clock, opening);
    if (!core)
        return core.error().detail;
    core->reset();
    m_world = std::make_unique<World>(path(u"data"_s), m_clock, policies);
    return {};
}

void TestMasterKeySources::firstSourceThatHasAKey_wins_data()
{
    using enum MasterKeySource;
    QTest::addColumn<QList<MasterKeySource>>("order");
    QTest::addColumn<QList<MasterKeySource>>("have");
    QTest::addColumn<MasterKeySource>("taken");
    const QList<MasterKeySource> usual {Credential, Keychain, File, Environment};
    QTest::newRow("all") << usual << QList {Credential, File, Environment} << Credential;
    QTest::newRow("file and variable") << usual << QList {File, Environment} << File;
    QTest::newRow("the variable alone") << usual << QList {Environment} << Environment;
    QTest::newRow("the variable first") << QList {Environment, File} << QList {Credential, File, Environment} << Environment;
    QTest::newRow("the file first") << QList {File, Credential} << QList {Credential, File} << File;
    QTest::newRow("keychain and variable") << usual << QList {Keychain, Environment} << Keychain;
    QTest::newRow("the keychain after the file") << QList {File, Keychain} << QList {Keychain} << Keychain;
    QTest::newRow("the variable before the keychain") << QList {Environment, Keychain} << QList {Keychain, Environment} << Environment;
}

void TestMasterKeySources::firstSourceThatHasAKey_wins()
{
    QFETCH(QList<MasterKeySource>, order);
    QFETCH(QList<MasterKeySource>, have);
    QFETCH(MasterKeySource, taken);
    QCOMPARE(startWith(m_policy), QString());
    const QByteArray key = keyInForce();
    m_world.reset();
    if (have.contains(MasterKeySource::Credential))
        write(u"credentials/warder-master-key"_s, key.toBase64() + '\n');
    if (have.contains(MasterKeySource::Environment))
        m_policy.environment = SecretBytes(key.toBase64());
    if (have.contains(MasterKeySource::Keychain)) {
        m_keychain->entries.insert(keyCheckValue(SecretBytes(key)), key);
        QVERIFY(pointToKeychain(path(u"data/master.key"_s)));
    } else if (!have.contains(MasterKeySource::File)) {
        QVERIFY(QFile::remove(path(u"data/master.key"_s)));
    }
    m_policy.sources = order;
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(m_world->core->masterKeys.source(), taken);
    QCOMPARE(keyInForce(), key);
}

void TestMasterKeySources::failingSource_stopsTheSearch_data()
{
    QTest::addColumn<QByteArray>("credential");
    QTest::addColumn<QByteArray>("variable");
    QTest::addColumn<QString>("says");
    QTest::newRow("a credential of another key")
        << m_other << QByteArray() << u"credentials/warder-master-key is not the master key this"_s;
    QTest::newRow("a credential that is no key") << "nonsense"_ba << QByteArray() << u"does not hold 32 bytes in base64"_s;
    QTest::newRow("an empty credential") << " "_ba << QByteArray() << u"does not hold 32 bytes in base64"_s;
    QTest::newRow("a variable of another key") << QByteArray() << m_other << u"the variable WARDER_MASTER_KEY is not the master key this"_s;
    QTest::newRow("a variable that is no key") << QByteArray() << "nonsense"_ba << u"the variable WARDER_MASTER_KEY does not hold"_s;
}

void TestMasterKeySources::failingSource_stopsTheSearch()
{
    QFETCH(QByteArray, credential);
    QFETCH(QByteArray, variable);
    QFETCH(QString, says);
    QCOMPARE(startWith(m_policy), QString()); // and so the file has the right one
    if (!credential.isEmpty())
        write(u"credentials/warder-master-key"_s, credential);
    m_policy.environment = SecretBytes(variable);
    m_policy.sources = {MasterKeySource::Credential, MasterKeySource::Environment, MasterKeySource::File};
    const QString said = startWith(m_policy);
    QVERIFY2(said.contains(says), qPrintable(said));
    QVERIFY(!said.contains(u"nonsense"));
}

void TestMasterKeySources::credential_mayBeALinkThatOthersRead()
{
    QCOMPARE(startWith(m_policy), QString());
    const QByteArray key = keyInForce();
    m_world.reset();
    write(u"credentials/..data"_s, key.toBase64());
    QCOMPARE(chmod(QFile::encodeName(path(u"credentials/..data"_s)).constData(), 0444), 0);
    QVERIFY(QFile::link(path(u"credentials/..data"_s), path(u"credentials/warder-master-key"_s)));
    QVERIFY(QFile::remove(path(u"data/master.key"_s)));
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(m_world->core->masterKeys.source(), MasterKeySource::Credential);
}

void TestMasterKeySources::keychain_isAskedOnlyWhereItHasTheKey()
{
    m_keychain->mood = FakeKeychain::Mood::Silent;
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(m_keychain->asked, 0);
}

void TestMasterKeySources::keychain_thatGivesNothing_isNoFirstStart_data()
{
    QTest::addColumn<int>("mood");
    QTest::addColumn<QString>("says");
    QTest::newRow("locked") << int(FakeKeychain::Mood::Locked) << u"it is locked, or another one than before"_s;
    QTest::newRow("silent") << int(FakeKeychain::Mood::Silent) << u"did not answer"_s;
    QTest::newRow("emptied") << int(FakeKeychain::Mood::Forgetful) << u"it is locked, or another one than before"_s;
}

void TestMasterKeySources::keychain_thatGivesNothing_isNoFirstStart()
{
    QFETCH(int, mood);
    QFETCH(QString, says);
    m_policy.newInKeychain = true;
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(m_world->core->masterKeys.source(), MasterKeySource::Keychain);
    const auto before = m_keychain->entries;
    QCOMPARE(before.size(), 1);
    m_keychain->mood = FakeKeychain::Mood(mood);
    if (m_keychain->mood == FakeKeychain::Mood::Forgetful)
        m_keychain->entries.clear();
    m_policy.environment = SecretBytes(m_other); // which would be next in the list
    const QString said = startWith(m_policy);
    QVERIFY2(said.contains(says) && said.contains(u"import --to file"), qPrintable(said));
    QVERIFY(pointsToKeychain(path(u"data/master.key"_s)));
    m_keychain->mood = FakeKeychain::Mood::Good;
    m_keychain->entries = before;
    QCOMPARE(startWith(m_policy), QString());
}

void TestMasterKeySources::newKey_goesWhereItStays_data()
{
    QTest::addColumn<bool>("isDesktop");
    QTest::addColumn<int>("mood");
    QTest::addColumn<MasterKeySource>("goes");
    QTest::newRow("a desktop") << true << int(FakeKeychain::Mood::Good) << MasterKeySource::Keychain;
    QTest::newRow("a server") << false << int(FakeKeychain::Mood::Good) << MasterKeySource::File;
    QTest::newRow("a locked keychain") << true << int(FakeKeychain::Mood::Locked) << MasterKeySource::File;
    QTest::newRow("a silent one") << true << int(FakeKeychain::Mood::Silent) << MasterKeySource::File;
    QTest::newRow("one that does not give it back") << true << int(FakeKeychain::Mood::Forgetful) << MasterKeySource::File;
}

void TestMasterKeySources::newKey_goesWhereItStays()
{
    QFETCH(bool, isDesktop);
    QFETCH(int, mood);
    m_policy.newInKeychain = isDesktop;
    m_keychain->mood = FakeKeychain::Mood(mood);
    QCOMPARE(startWith(m_policy), QString());
    QTEST(m_world->core->masterKeys.source(), "goes");
    const bool inKeychain = m_world->core->masterKeys.source() == MasterKeySource::Keychain;
    QCOMPARE(m_world->core->masterKeys.state().couldBeInKeychain, isDesktop && !inKeychain);
    QCOMPARE(m_keychain->entries.size(), inKeychain ? 1 : 0);
    QFile file(path(u"data/master.key"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll() == "keychain\n", inKeychain);
}

void TestMasterKeySources::givenKey_isTakenAtTheFirstStart()
{
    write(u"credentials/warder-master-key"_s, m_other);
    m_policy.newInKeychain = true;
    QCOMPARE(startWith(m_policy), QString());
    QCOMPARE(keyInForce(), QByteArray(32, 'x'));
    QVERIFY(!QFile::exists(path(u"data/master.key"_s)));
    QVERIFY(m_keychain->entries.isEmpty());
    QVERIFY(QFile::remove(path(u"credentials/warder-master-key"_s)));
    QVERIFY(startWith(m_policy).contains(u"Put it back"));
    QVERIFY(!QFile::exists(path(u"data/master.key"_s)));
}

void TestMasterKeySources::noSourceThatIsWritten_makesNoKey()
{
    m_policy.sources = {MasterKeySource::Credential, MasterKeySource::Environment};
    const QString said = startWith(m_policy);
    QVERIFY2(said.contains(u"none of keys.master_key_sources (credential, environment) has a master key"), qPrintable(said));
    QVERIFY(!QFile::exists(path(u"data/master.key"_s)));
}

QTEST_GUILESS_MAIN(TestMasterKeySources)
#include "TestMasterKeySources.moc"
