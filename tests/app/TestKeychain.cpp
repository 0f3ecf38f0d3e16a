#include "app/cli/ExitCode.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/MasterKey.h"
#include "core/sealing/KeychainProcess.h"
#include "tests/app/WarderProcess.h"
#include "tests/support/KeyringSession.h"

#include <QTest>

#include <memory>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

using Keyring = KeyringSession::Keyring;

/// The real keychain of GNOME, in a session of its own: what it does when all is well, and when it is not.
class TestKeychain : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_session.reset(); }

    void store_readAndRemove();
    void loops_doNotMatter();
    void lockedKeyring_givesNothing_andTakesNothing();
    void keyringThatStands_isLeftAfterFiveSeconds();
    void noKeyring_isSaid_data();
    void noKeyring_isSaid();
    void program_thatIsNotThere_isSaid();
    void server_movesItsKey_andStartsWithIt();

private:
    void beginUnlocked();
    KeychainProcess m_keychain {WarderProcess::program()};
    CryptoLibraries m_libraries;
    std::unique_ptr<KeyringSession> m_session;
    const SecretBytes m_key {QByteArray(32, 'k')};
    const QByteArray m_check = QByteArray::fromHex("0123456789abcdef");
};

void TestKeychain::init()
{
    if (!KeyringSession::isPossible())
        QSKIP("needs dbus-daemon and gnome-keyring-daemon");
    m_session = std::make_unique<KeyringSession>();
    m_session->enter();
    QCOMPARE(m_session->startBus(), QString());
}

void TestKeychain::beginUnlocked()
{
    QCOMPARE(m_session->startKeyring(Keyring::Unlocked), QString());
    const auto stored = m_keychain.store(m_check, m_key);
    QVERIFY2(stored, stored ? "" : qPrintable(stored.error().detail));
}

void TestKeychain::store_readAndRemove()
{
    beginUnlocked();
    QCOMPARE(m_keychain.read(m_check).value()->view(), m_key.view());
    QVERIFY(!m_keychain.read("another"_ba).value());
    const SecretBytes other(QByteArray(32, 'o'));
    QVERIFY(m_keychain.store("another"_ba, other) && m_keychain.store(m_check, other)); // in place of the first
    QCOMPARE(m_keychain.read(m_check).value()->view(), other.view());
    QVERIFY(m_keychain.remove(m_check));
    QVERIFY(!m_keychain.read(m_check).value());
    QVERIFY(m_keychain.remove(m_check)); // there is none any more
    QCOMPARE(m_keychain.read("another"_ba).value()->view(), other.view());
}

/// QtKeychain's jobs finish in GLib's loop alone, which neither our threads have nor a system that is told to do without.
void TestKeychain::loops_doNotMatter()
{
    beginUnlocked();
    qputenv("QT_NO_GLIB", "1");
    const auto undo = qScopeGuard([] { qunsetenv("QT_NO_GLIB"); });
    std::optional<SecretBytes> read;
    std::jthread([&] { read = m_keychain.read(m_check).value(); }).join(); // with the main thread's loop standing still
    QCOMPARE(read->view(), m_key.view());
}

void TestKeychain::lockedKeyring_givesNothing_andTakesNothing()
{
    beginUnlocked();
    m_session->stopKeyring();
    QCOMPARE(m_session->startKeyring(Keyring::Locked), QString());
    QVERIFY(!m_keychain.read(m_check).value()); // looks as if there were none
    const auto written = m_keychain.write(m_check, m_key);
    QVERIFY(!written);
    QVERIFY2(written.error().detail.contains(u"is locked, or nobody let us in: "), qPrintable(written.error().detail));
}

void TestKeychain::keyringThatStands_isLeftAfterFiveSeconds()
{
    beginUnlocked();
    m_session->freezeKeyring(true);
    const auto read = m_keychain.read(m_check);
    QVERIFY(!read);
    QCOMPARE(read.error().detail, u"the keychain did not answer within 5 seconds"_s);
    m_session->freezeKeyring(false);
    QCOMPARE(m_keychain.read(m_check).value()->view(), m_key.view());
}

void TestKeychain::noKeyring_isSaid_data()
{
    QTest::addColumn<bool>("isBusThere");
    QTest::addColumn<QByteArray>("address");
    QTest::newRow("a bus without one") << true << QByteArray();
    QTest::newRow("a bus that is gone") << false << QByteArray();
    QTest::newRow("no bus at all") << false << "unix:path=/nonexistent"_ba;
}

void TestKeychain::noKeyring_isSaid()
{
    QFETCH(bool, isBusThere);
    QFETCH(QByteArray, address);
    if (!isBusThere)
        m_session->stopBus();
    if (!address.isEmpty())
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
    for (const auto &refusal :
         {m_keychain.write(m_check, m_key), m_keychain.read(m_check).transform([](const auto &) {}), m_keychain.remove(m_check)}) {
        QVERIFY(!refusal);
        QVERIFY2(refusal.error().detail.startsWith(u"the keychain cannot be used: "), qPrintable(refusal.error().detail));
    }
}

void TestKeychain::program_thatIsNotThere_isSaid()
{
    const auto read = KeychainProcess(u"/nonexistent/warderd"_s).read(m_check);
    QVERIFY(!read);
    QVERIFY2(read.error().detail.contains(u"/nonexistent/warderd"), qPrintable(read.error().detail));
}

void TestKeychain::server_movesItsKey_andStartsWithIt()
{
    beginUnlocked();
    const QTemporaryDir folder;
    const QString data = folder.filePath(u"data"_s);
    const auto run = [](WarderProcess &warder, const QString &order, const QStringList &more = {}) {
        return warder.command(QStringList {u"master-key"_s, order} + more + QStringList {u"--json"_s});
    };
    WarderProcess warder(data, m_session->environment());
    QVERIFY2(warder.start(), warder.log());
    const auto moved = run(warder, u"move"_s, {u"keychain"_s}); // by the server, whose main thread serves on
    QVERIFY2(moved.code == Done, moved.err);
    QCOMPARE(moved["source"_L1].toString(), u"keychain"_s);
    QVERIFY(pointsToKeychain(data + u"/master.key"_s));
    QCOMPARE(run(warder, u"rotate"_s, {u"--yes"_s})["version"_L1].toInt(), 2);
    QCOMPARE(warder.stop(), Done);
    QVERIFY2(warder.start(), warder.log());
    QCOMPARE(run(warder, u"show-source"_s)["version"_L1].toInt(), 2);
    warder.kill();
    WarderProcess elsewhere(data); // as a service, without a session
    QVERIFY(!elsewhere.start());
    QVERIFY2(elsewhere.log().contains("says that the master key is in the keychain, but the keychain cannot be used"), elsewhere.log());
    QVERIFY(pointsToKeychain(data + u"/master.key"_s));
}

QTEST_GUILESS_MAIN(TestKeychain)
#include "TestKeychain.moc"
