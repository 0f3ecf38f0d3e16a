#include "core/base/Bytes.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestRefreshTokens : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void init();

    void token_namesSessionAndGeneration_data();
    void token_namesSessionAndGeneration();
    void sameClaim_isTheSameToken();
    void everyFlippedBit_isRefused();
    void foreign_isRefused_data();
    void foreign_isRefused();
    void oldKey_verifiesForItsOverlap();
    void anotherServersToken_isRefused();
    void csrf_isBoundToItsSession();
    void csrf_isNoRefreshToken();
    void csrf_survivesRotation();
    void csrf_hasKeysOfItsOwn();
    void csrf_ofBeforeItHadKeys_livesOn_data();
    void csrf_ofBeforeItHadKeys_livesOn();

private:
    bool isGood(const QByteArray &csrf, TimePoint at) const { return m_world->refreshTokens.verifyCsrf(csrf, m_session, at); }
    /// As refresh keys made them before there were keys for them.
    QByteArray formerCsrf() const
    {
        const SigningKey key = m_world->keys.ring()->current(KeyPurpose::Refresh);
        return toBase64Url(key.material->sign("warder/csrf/v1:" + m_session.toBytes()));
    }
    Id m_session;
};

void TestRefreshTokens::init()
{
    WorldTest::init();
    m_session = Id::create(m_clock.now());
}

void TestRefreshTokens::token_namesSessionAndGeneration_data()
{
    QTest::addColumn<qint64>("generation");
    QTest::newRow("first") << qint64(0);
    QTest::newRow("second") << qint64(1);
    QTest::newRow("last there can be") << std::numeric_limits<qint64>::max();
}

void TestRefreshTokens::token_namesSessionAndGeneration()
{
    QFETCH(qint64, generation);
    const QByteArray token = m_world->refreshTokens.issue(m_session, generation);
    const auto claim = m_world->refreshTokens.verify(token, m_clock.now());
    QVERIFY(claim);
    QCOMPARE(claim->session, m_session);
    QCOMPARE(claim->generation, generation);
    QVERIFY(token.startsWith("wrt1_"));
    QCOMPARE(token.size(), 5 + 75); // 56 bytes in base64url: the MAC is whole
    QVERIFY(!m_world->verifier.verify(token, m_clock.now()));
}

void TestRefreshTokens::sameClaim_isTheSameToken()
{
    QCOMPARE(m_world->refreshTokens.issue(m_session, 7), m_world->refreshTokens.issue(m_session, 7));
    QVERIFY(m_world->refreshTokens.issue(m_session, 7) != m_world->refreshTokens.issue(m_session, 8));
}

void TestRefreshTokens::everyFlippedBit_isRefused()
{
    const QByteArray token = m_world->refreshTokens.issue(m_session, 3);
    const QByteArray bytes = *fromBase64Url(token.sliced(5));
    for (qsizetype bit = 0; bit < bytes.size() * 8; ++bit) {
        QByteArray changed = bytes;
        changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!m_world->refreshTokens.verify("wrt1_" + toBase64Url(changed), m_clock.now()), qPrintable(QString::number(bit)));
    }
}

void TestRefreshTokens::foreign_isRefused_data()
{
    QTest::addColumn<QByteArray>("token");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("prefix only") << QByteArray("wrt1_");
    QTest::newRow("no prefix") << QByteArray(75, 'A');
    QTest::newRow("all zero") << QByteArray("wrt1_") + QByteArray(75, 'A');
    QTest::newRow("too short") << QByteArray("wrt1_") + QByteArray(74, 'A');
    QTest::newRow("too long") << QByteArray("wrt1_") + QByteArray(76, 'A');
    QTest::newRow("a megabyte") << QByteArray("wrt1_") + QByteArray(1'000'000, 'A');
    QTest::newRow("no base64url") << QByteArray("wrt1_") + QByteArray(75, '/');
    QTest::newRow("NUL") << QByteArray(80, '\0');
    QTest::newRow("a JWT") << QByteArray("eyJhbGciOiJub25lIn0.e30.");
}

void TestRefreshTokens::foreign_isRefused()
{
    QFETCH(QByteArray, token);
    QCOMPARE(m_world->refreshTokens.verify(token, m_clock.now()).error().code, ErrorCode::InvalidToken);
}

void TestRefreshTokens::oldKey_verifiesForItsOverlap()
{
    const QByteArray token = m_world->refreshTokens.issue(m_session, 3);
    QVERIFY(m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()));
    QVERIFY(m_world->refreshTokens.issue(m_session, 3) != token);
    const TimePoint end = m_clock.now() + std::chrono::days {14};
    QVERIFY(m_world->refreshTokens.verify(token, end - Milliseconds {1}));
    QVERIFY(!m_world->refreshTokens.verify(token, end));
    QVERIFY(m_world->refreshTokens.verify(m_world->refreshTokens.issue(m_session, 3), end));
}

void TestRefreshTokens::anotherServersToken_isRefused()
{
    const QTemporaryDir folder;
    World other(folder.path(), m_clock);
    QVERIFY(!m_world->refreshTokens.verify(other.refreshTokens.issue(m_session, 0), m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(other.refreshTokens.issueCsrf(m_session), m_session, m_clock.now()));
}

void TestRefreshTokens::csrf_isBoundToItsSession()
{
    const QByteArray token = m_world->refreshTokens.issueCsrf(m_session);
    QVERIFY(m_world->refreshTokens.verifyCsrf(token, m_session, m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(token, Id::create(m_clock.now()), m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf({}, m_session, m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(token + '=', m_session, m_clock.now()));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(token.first(token.size() - 1), m_session, m_clock.now()));
    QByteArray changed = token;
    changed[0] = changed[0] == 'A' ? 'B' : 'A';
    QVERIFY(!m_world->refreshTokens.verifyCsrf(changed, m_session, m_clock.now()));
}

/// Both are HMACs, once under one key: neither's message may ever be the other's.
void TestRefreshTokens::csrf_isNoRefreshToken()
{
    const QByteArray csrf = *fromBase64Url(formerCsrf());
    const QByteArray claim = m_session.toBytes() + QByteArray(8, '\0');
    QVERIFY(!m_world->refreshTokens.verify("wrt1_" + toBase64Url(claim + csrf), m_clock.now()));
    const QByteArray refresh = *fromBase64Url(m_world->refreshTokens.issue(m_session, 0).sliced(5));
    QVERIFY(!m_world->refreshTokens.verifyCsrf(toBase64Url(refresh.last(32)), m_session, m_clock.now()));
}

void TestRefreshTokens::csrf_survivesRotation()
{
    const QByteArray token = m_world->refreshTokens.issueCsrf(m_session);
    QVERIFY(m_world->keys.rotate(KeyPurpose::Csrf, u"test"_s, m_clock.now()));
    QVERIFY(m_world->refreshTokens.issueCsrf(m_session) != token);
    const TimePoint end = m_clock.now() + std::chrono::days {14};
    QVERIFY(isGood(token, end - Milliseconds {1}));
    QVERIFY(!isGood(token, end));
}

void TestRefreshTokens::csrf_hasKeysOfItsOwn()
{
    const QByteArray csrf = m_world->refreshTokens.issueCsrf(m_session);
    const QByteArray refresh = m_world->refreshTokens.issue(m_session, 0);
    QVERIFY(!isGood(formerCsrf(), m_clock.now())); // a new database never had any
    const auto revoke = [this](KeyPurpose purpose) {
        return m_world->keys.revoke(m_world->keys.ring()->current(purpose).kid, u"test"_s, m_clock.now());
    };
    QVERIFY(revoke(KeyPurpose::Refresh));
    QVERIFY(!m_world->refreshTokens.verify(refresh, m_clock.now()));
    QCOMPARE(m_world->refreshTokens.issueCsrf(m_session), csrf);
    QVERIFY(isGood(csrf, m_clock.now()));
    const QByteArray another = m_world->refreshTokens.issue(m_session, 0);
    QVERIFY(revoke(KeyPurpose::Csrf));
    QVERIFY(!isGood(csrf, m_clock.now()));
    QVERIFY(m_world->refreshTokens.verify(another, m_clock.now()));
    QVERIFY(isGood(m_world->refreshTokens.issueCsrf(m_session), m_clock.now()));
}

void TestRefreshTokens::csrf_ofBeforeItHadKeys_livesOn_data()
{
    QTest::addColumn<bool>("rotated"); // the refresh key, before the upgrade and after it
    QTest::newRow("under the key that signs") << false;
    QTest::newRow("under a key that retires") << true;
}

/// As the Warder before this one left its database, and browsers.
void TestRefreshTokens::csrf_ofBeforeItHadKeys_livesOn()
{
    QFETCH(const bool, rotated);
    const QByteArray old = formerCsrf();
    if (rotated)
        QVERIFY(m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()));
    const QByteArray last = formerCsrf();
    QVERIFY(m_world->database->write(
        [](DbConnection &connection) { return connection.run(u"DELETE FROM signing_keys WHERE purpose = 'csrf'"_s); }));
    const TimePoint end = m_clock.now() + std::chrono::days {14};
    for (int start = 0; start < 3; ++start) {
        reopen();
        for (const QByteArray &token : {old, last}) {
            QVERIFY(isGood(token, end - Milliseconds {1}));
            QVERIFY(!isGood(token, end));
        }
        QVERIFY(m_world->refreshTokens.issueCsrf(m_session) != last);
        m_clock.advance(std::chrono::days {1});
        if (rotated)
            QVERIFY(m_world->keys.rotate(KeyPurpose::Refresh, u"test"_s, m_clock.now()));
        QVERIFY(!isGood(rotated ? formerCsrf() : "x"_ba, m_clock.now())); // a refresh key of today makes none
    }
}

QTEST_GUILESS_MAIN(TestRefreshTokens)
#include "TestRefreshTokens.moc"
