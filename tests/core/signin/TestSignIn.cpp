#include "core/credentials/PasswordStore.h"
#include "core/mail/OutboxStore.h"
#include "core/storage/Database.h"
#include "core/storage/DbConnection.h"
#include "tests/support/LogCapture.h"
#include "tests/support/Mailbox.h"
#include "tests/support/WorldTest.h"

#include <QTest>

#include <atomic>
#include <dlfcn.h>
#include <openssl/kdf.h>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

static std::atomic<int> hashesMade {0};

/// Stands before OpenSSL's: what a refused login costs is counted, not timed.
extern "C" int EVP_KDF_derive(EVP_KDF_CTX *context, unsigned char *key, size_t length, const OSSL_PARAM parameters[])
{
    using Derive = int (*)(EVP_KDF_CTX *, unsigned char *, size_t, const OSSL_PARAM *);
    static const auto real = reinterpret_cast<Derive>(dlsym(RTLD_NEXT, "EVP_KDF_derive"));
    ++hashesMade;
    return real(context, key, length, parameters);
}

class TestSignIn : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void login_opensASession();
    void login_refusalsLookAlike_data();
    void login_refusalsLookAlike();
    void failedSignIn_thatCannotBeRecorded_isLogged();
    void unknownAccount_costsWhatAWrongPasswordCosts_data();
    void unknownAccount_costsWhatAWrongPasswordCosts();
    void privateRegistration_isNotToldByASignIn_data();
    void privateRegistration_isNotToldByASignIn();
    void disabledAccount_isToldOnlyAfterTheRightPassword();
    void signIn_isRefusedAfterAChange_data();
    void signIn_isRefusedAfterAChange();
    void signIn_endsTheSessionItLeaves_data();
    void signIn_endsTheSessionItLeaves();
    void signIn_beyondTheMost_endsTheOneUnusedLongest();
};

void TestSignIn::login_opensASession()
{
    QVERIFY(m_world->join(u"Ann@Example.com "_s));
    const auto pair = m_world->login(u"ann@example.COM"_s);
    QVERIFY(pair);
    QCOMPARE(pair->user.email, u"Ann@Example.com"_s);
    QCOMPARE(pair->expiresIn, Seconds {900});
    const auto principal = m_world->authenticator.authenticate(pair->accessToken, m_clock.now());
    QVERIFY(principal);
    QCOMPARE(principal->sessionId, pair->session.id);
    const Session session = m_world->sessions.findLive(pair->session.id, m_clock.now()).value().value();
    QCOMPARE(session.amr, QStringList {u"pwd"_s});
    QCOMPARE(session.authenticatedAt, m_clock.now());
    QCOMPARE(principal->userId, pair->user.id);
    QCOMPARE(m_world->sessions.findByUser(pair->user.id, m_clock.now()).value().size(), 2);
    QCOMPARE(m_world->accounts.findById(pair->user.id).value().lastSignInAt, m_clock.now());
}

void TestSignIn::login_refusalsLookAlike_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("secret");
    QTest::newRow("wrong password") << u"ann@example.com"_s << u"wrong password"_s;
    QTest::newRow("unknown account") << u"bob@example.com"_s << password;
    QTest::newRow("not an address") << u"ann"_s << password;
    QTest::newRow("empty password") << u"ann@example.com"_s << u""_s;
    QTest::newRow("NUL in the password") << u"ann@example.com"_s << password + QChar(0);
    QTest::newRow("SQL in the address") << u"' OR 1=1 --@example.com"_s << password;
}

void TestSignIn::login_refusalsLookAlike()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    QFETCH(QString, email);
    QFETCH(QString, secret);
    const auto pair = m_world->login(email, secret);
    QVERIFY(!pair);
    QCOMPARE(pair.error().code, ErrorCode::InvalidCredentials);
}

/// The database is full or fails: the one who guessed hears what everybody hears, and the log has what the record lacks.
void TestSignIn::failedSignIn_thatCannotBeRecorded_isLogged()
{
    QVERIFY(m_world->join(u"ann@example.com"_s));
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.execute(u"PRAGMA query_only=ON"_s); }));
    const LogCapture log;
    QCOMPARE(m_world->login(u"ann@example.com"_s, u"wrong password"_s).error().code, ErrorCode::InvalidCredentials);
    QVERIFY2(log.text().contains("audit_failed type=login_failed why="), log.text());
    QVERIFY(!log.text().contains("wrong password"));
}

void TestSignIn::unknownAccount_costsWhatAWrongPasswordCosts_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("secret");
    QTest::addColumn<int>("hashes");
    for (const QString &email : {u"ann@example.com"_s, u"nobody@example.com"_s, u"not an address"_s, u""_s}) {
        const QByteArray who = email.toUtf8();
        QTest::addRow("'%s', wrong", who.constData()) << email << u"wrong password"_s << 1;
        QTest::addRow("'%s', empty", who.constData()) << email << u""_s << 1;
        QTest::addRow("'%s', long", who.constData()) << email << QString(5000, u'x') << 1;
        QTest::addRow("'%s', two spellings", who.constData()) << email << u"cafe\u0301 cafe\u0301"_s << 2;
        QTest::addRow("'%s', two spellings at the end", who.constData()) << email << QString(100, u'x') + u"e\u0301"_s << 2;
    }
}

void TestSignIn::unknownAccount_costsWhatAWrongPasswordCosts()
{
    m_world->add(u"ann@example.com"_s);
    QFETCH(QString, email);
    QFETCH(QString, secret);
    hashesMade = 0;
    QCOMPARE(m_world->login(email, secret).error().code, ErrorCode::InvalidCredentials);
    QTEST(hashesMade.load(), "hashes");
}

void TestSignIn::privateRegistration_isNotToldByASignIn_data()
{
    QTest::addColumn<QString>("email");
    QTest::addColumn<QStringList>("mails");
    QTest::newRow("made by whoever asks") << u"new@example.com"_s << QStringList {u"verify_email"_s};
    QTest::newRow("somebody's") << u"ann@example.com"_s << QStringList {};
    QTest::newRow("nobody's") << u"nobody@example.com"_s << QStringList {};
}

void TestSignIn::privateRegistration_isNotToldByASignIn()
{
    QFETCH(QString, email);
    CorePolicies policies = quickPolicies;
    policies.registration.isPrivate = true;
    policies.signIn.hidesUnproven = true;
    reopen(policies);
    const User ann = m_world->add(u"ann@example.com"_s);
    m_world->proveEmail(ann.id);
    const User made = m_world->add(u"new@example.com"_s);
    const QString guess = email == made.email ? password : u"another that is wrong"_s;
    const auto costOf = [this](const QString &address, const QString &secret) {
        hashesMade = 0;
        return m_world->login(address, secret).error().code == ErrorCode::InvalidCredentials ? hashesMade.load() : 0;
    };
    const int ofNobody = costOf(u"another-nobody@example.com"_s, password); // with the key that seals the wish for a mail
    QVERIFY(ofNobody > 0);
    QCOMPARE(costOf(email, guess), ofNobody);
    const auto waiting = OutboxStore::page(m_world->database->reader(), {}, {}, 10).value();
    QCOMPARE(waiting.size(), 2); // for each address
    QVERIFY(waiting.first().isRequest && waiting.last().isRequest);
    QTEST(Mailbox(*m_world).takeKinds(), "mails");
    QVERIFY(m_world->login(ann.email));
    m_world->proveEmail(made.id);
    QVERIFY(m_world->login(made.email));
}

void TestSignIn::disabledAccount_isToldOnlyAfterTheRightPassword()
{
    const auto joined = m_world->join(u"ann@example.com"_s);
    QVERIFY(m_world->changes.setDisabled(joined->user.id, true, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::AccountDisabled);
    QCOMPARE(m_world->login(u"ann@example.com"_s, u"wrong"_s).error().code, ErrorCode::InvalidCredentials);
}

void TestSignIn::signIn_isRefusedAfterAChange_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << u"none"_s << true;
    QTest::newRow("renamed") << u"rename"_s << true;
    QTest::newRow("another sign-in") << u"signIn"_s << true;
    QTest::newRow("new password in the same millisecond") << u"password"_s << false;
    QTest::newRow("a better hash of it") << u"rehash"_s << true;
    QTest::newRow("disabled") << u"disable"_s << false;
    QTest::newRow("removed") << u"remove"_s << false;
}

void TestSignIn::signIn_isRefusedAfterAChange()
{
    QFETCH(QString, change);
    QFETCH(bool, good);
    m_world->add(u"ann@example.com"_s);
    const User ann = m_world->accounts.findByEmail(u"ann@example.com").value().value();
    const auto proven = m_world->passwords.check(ann.id, password);
    QVERIFY(proven);
    if (change == "rename"_L1)
        QVERIFY(m_world->accounts.edit(ann.id, {.name = u"Ann"_s}, u"user"_s, m_clock.now()));
    if (change == "signIn"_L1)
        QVERIFY(m_world->login(u"ann@example.com"_s));
    if (change == "password"_L1)
        QVERIFY(m_world->changes.setPassword(ann.id, u"a new password", u"test"_s, m_clock.now()));
    if (change == "rehash"_L1)
        QVERIFY(m_world->database->write([&](DbConnection &connection) {
            return PasswordStore::rehash(connection, ann.id, proven->hash, m_world->hasher.hash(password).value());
        }));
    if (change == "disable"_L1)
        QVERIFY(m_world->changes.setDisabled(ann.id, true, u"test"_s, m_clock.now()));
    if (change == "remove"_L1)
        QVERIFY(m_world->changes.remove(ann.id, u"test"_s, m_clock.now()));
    const auto stored = m_world->database->write([&](Transaction &transaction) {
        return m_world->passwords.noteUse(transaction, *proven, m_clock.now()).and_then([&] {
            return m_world->accounts.noteSignIn(transaction, ann.id, {}, m_clock.now());
        });
    });
    QCOMPARE(stored.has_value(), good);
    if (!good)
        QCOMPARE(stored.error().code, ErrorCode::InvalidCredentials);
}

void TestSignIn::signIn_endsTheSessionItLeaves_data()
{
    QTest::addColumn<bool>("sameUser");
    QTest::addColumn<bool>("right");
    QTest::newRow("again") << true << true;
    QTest::newRow("another user") << false << true;
    QTest::newRow("refused") << true << false;
}

void TestSignIn::signIn_endsTheSessionItLeaves()
{
    QFETCH(bool, sameUser);
    QFETCH(bool, right);
    const auto left = m_world->join(u"ann@example.com"_s);
    const auto elsewhere = m_world->login(u"ann@example.com"_s);
    QVERIFY(m_world->join(u"bob@example.com"_s));
    const Credentials given {.email = sameUser ? u"ann@example.com"_s : u"bob@example.com"_s, .password = right ? password : u"wrong"_s};
    const auto again = m_world->signIn.byPassword(given, m_world->client, m_clock.now(), {.former = {left->session.id}});
    QCOMPARE(again.has_value(), right);
    QCOMPARE(m_world->isGood(left->accessToken), !right);
    QCOMPARE(m_world->refresh(left->refreshToken).has_value(), !right);
    QVERIFY(m_world->isGood(elsewhere->accessToken));
    QCOMPARE(m_world->listener.names().contains(u"ended signed_in_again"_s), right);
}

void TestSignIn::signIn_beyondTheMost_endsTheOneUnusedLongest()
{
    reopen({.hashing = quickHashing, .sessions = {.mostPerUser = 3}});
    QList<TokenPair> pairs {m_world->join(u"ann@example.com"_s).value()};
    for (int i = 0; i < 2; ++i) {
        m_clock.advance(Seconds {1});
        pairs += m_world->login(u"ann@example.com"_s).value();
    }
    m_clock.advance(Seconds {1});
    QVERIFY(m_world->refresh(pairs[0].refreshToken)); // the oldest is in use
    QVERIFY(m_world->join(u"bob@example.com"_s));
    pairs += m_world->login(u"ann@example.com"_s).value();
    QStringList good;
    for (const TokenPair &pair : pairs)
        good += m_world->isGood(pair.accessToken) ? u"good"_s : u"ended"_s;
    QCOMPARE(good, (QStringList {u"good"_s, u"ended"_s, u"good"_s, u"good"_s}));
    QVERIFY(m_world->listener.names().contains(u"ended too_many"_s));
    reopen({.hashing = quickHashing, .sessions = {.mostPerUser = 1}}); // less than there are: the next sign-in ends all others
    const auto only = m_world->login(u"ann@example.com"_s);
    QCOMPARE(m_world->sessions.findByUser(only->user.id, m_clock.now()).value().size(), 1);
}

QTEST_GUILESS_MAIN(TestSignIn)
#include "TestSignIn.moc"
