#include "core/accounts/UserStore.h"
#include "core/audit/AuditStore.h"
#include "tests/support/World.h"

#include <QJsonArray>
#include <QTest>

#include <openssl/kdf.h>

#include <dlfcn.h>

#include <atomic>

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

class TestAccountService : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();

    void create_storesAndFinds();
    void create_refusesTheSameAddressInOtherWords_data();
    void create_refusesTheSameAddressInOtherWords();
    void earlierAccount_keepsItsKey_andGetsNoTwin_data();
    void earlierAccount_keepsItsKey_andGetsNoTwin();
    void guessablePassword_isRefused_data();
    void guessablePassword_isRefused();
    void goodPassword_isTaken_data();
    void goodPassword_isTaken();
    void guessablePassword_isTaken_whereTheOperatorSaysSo();
    void guessablePassword_comesAlong_asAnImportedHash();
    void invisibleName_isEmpty();
    void create_listsAllFaultsAtOnce();
    void create_refusesForeignHashes_data();
    void create_refusesForeignHashes();
    void unknownAccount_costsWhatAWrongPasswordCosts_data();
    void unknownAccount_costsWhatAWrongPasswordCosts();
    void weakerHash_isReplacedOnce_data();
    void weakerHash_isReplacedOnce();
    void wrongPassword_replacesNothing();
    void replacedHash_neverUndoesANewPassword();
    void signIn_isRefusedAfterAChange_data();
    void signIn_isRefusedAfterAChange();
    void signIn_remembersAddresses();
    void signIn_remembersNetworks_data();
    void signIn_remembersNetworks();
    void bcryptPolicy_tellsItsLimit();
    void page_walksAll();
    void page_takesWildcardsLiterally();
    void page_boundsItsLimit_data();
    void page_boundsItsLimit();
    void rename_isSeen();
    void edit_changesWhatIsGiven_data();
    void edit_changesWhatIsGiven();
    void edit_isRefused_data();
    void edit_isRefused();
    void edit_ofTheAddress_takesItsVerification();

private:
    QString hashOf(const QString &emailKey);
    User add(const QString &email, const QString &name = {});
    std::unique_ptr<QTemporaryDir> m_folder;
    FakeClock m_clock;
    std::unique_ptr<World> m_world;
};

void TestAccountService::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_world = std::make_unique<World>(m_folder->path(), m_clock);
}

void TestAccountService::cleanup()
{
    m_world.reset();
    m_folder.reset();
}

QString TestAccountService::hashOf(const QString &emailKey)
{
    return m_world->database->reader()
        .one(u"SELECT password_hash FROM users WHERE email_key = ?"_s, {emailKey}, [](const Row &row) { return row.text(0); })
        .value()
        .value();
}

User TestAccountService::add(const QString &email, const QString &name)
{
    return m_world->accounts.create({.email = email, .password = password, .name = name}, u"test"_s, m_clock.now()).value();
}

void TestAccountService::create_storesAndFinds()
{
    const auto made = m_world->accounts.create(
        {.email = u" Ann@Example.com"_s, .password = password, .name = u" Ann Lee "_s, .roles = {u"admin"_s}}, u"console"_s, m_clock.now());
    QVERIFY(made);
    QCOMPARE(made->email, u"Ann@Example.com"_s);
    QCOMPARE(made->name, u"Ann Lee"_s);
    QCOMPARE(made->passwordScheme, u"argon2id"_s);
    QCOMPARE(m_world->accounts.findById(made->id).value(), *made);
    QCOMPARE(m_world->accounts.findByEmail(u"ANN@EXAMPLE.COM").value(), *made);
    QCOMPARE(m_world->accounts.findByEmail(u"bob@example.com").value(), std::nullopt);
    QCOMPARE(m_world->accounts.findByEmail(u"nonsense").value(), std::nullopt);
    QCOMPARE(m_world->accounts.findById(Id::create(m_clock.now())).error().code, ErrorCode::NotFound);
    QCOMPARE(m_world->accounts.count().value(), 1);
    QVERIFY(!hashOf(u"ann@example.com"_s).contains(password));
}

void TestAccountService::create_refusesTheSameAddressInOtherWords_data()
{
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("the same") << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("capitals") << u"ann@example.com"_s << u"ANN@EXAMPLE.COM"_s;
    QTest::newRow("spaces") << u"ann@example.com"_s << u" ann@example.com "_s;
    QTest::newRow("composed and decomposed") << u"jos\u00e9@example.com"_s << u"JOSE\u0301@example.com"_s;
    QTest::newRow("domain in its ASCII form") << u"ann@b\u00fccher.example"_s << u"ann@XN--bcher-kva.example"_s;
    QTest::newRow("final sigma behind capital ones") << u"\u03a3\u0391\u03a3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("capital sigmas behind a final one") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s;
    QTest::newRow("invisible letter in the domain") << u"ann@exam\u200bple.org"_s << u"ann@example.org"_s;
    QTest::newRow("wide letters in the domain") << u"ann@example.org"_s << u"ann@\uff45xample.org"_s;
}

void TestAccountService::create_refusesTheSameAddressInOtherWords()
{
    QFETCH(QString, first);
    QFETCH(QString, second);
    add(first);
    const auto again = m_world->accounts.create({.email = second, .password = password}, u"test"_s, m_clock.now());
    QVERIFY(!again);
    QCOMPARE(again.error().code, ErrorCode::EmailTaken);
    QCOMPARE(m_world->accounts.count().value(), 1);
}

/// Rows as earlier versions wrote them, with the key of that time.
void TestAccountService::earlierAccount_keepsItsKey_andGetsNoTwin_data()
{
    QTest::addColumn<QString>("storedKey");
    QTest::addColumn<QString>("typed");
    QTest::newRow("wide letter") << u"\uff41nn@example.com"_s << u"\uff41nn@example.com"_s;
    QTest::newRow("mathematical letter") << u"\U0001d41ann@example.com"_s << u"\U0001d41ann@example.com"_s;
    QTest::newRow("invisible letter") << u"a\u034fnn@example.com"_s << u"A\u034fNN@example.com"_s;
    QTest::newRow("filler") << u"a\u3164nn@example.com"_s << u"a\u3164nn@example.com"_s;
    QTest::newRow("final sigma, as it was typed") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("final sigma, in capitals") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s;
    QTest::newRow("capital sigmas, with a final one") << u"\u03c3\u03b1\u03c3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("xn-- nonsense") << u"ann@xn--zzzzzzzz.com"_s << u"ann@xn--zzzzzzzz.com"_s;
    QTest::newRow("192 octets before the @") << QString(64, u'\u4e2d') + u"@example.com"_s << QString(64, u'\u4e2d') + u"@example.com"_s;
}

void TestAccountService::earlierAccount_keepsItsKey_andGetsNoTwin()
{
    QFETCH(QString, storedKey);
    QFETCH(QString, typed);
    const Account old {.user = {.id = Id::create(m_clock.now()),
                                .email = storedKey,
                                .name = {},
                                .roles = {},
                                .createdAt = m_clock.now(),
                                .updatedAt = m_clock.now(),
                                .lastSignInAt = {},
                                .passwordChangedAt = m_clock.now(),
                                .passwordScheme = {}},
                       .passwordHash = m_world->hasher.hash(password).value()};
    QVERIFY(m_world->database->write([&](DbConnection &connection) { return UserStore::insert(connection, old, storedKey); }));
    const auto pair = m_world->login(typed);
    QVERIFY2(pair, pair ? "" : qPrintable(pair.error().detail));
    QCOMPARE(pair->user.id, old.user.id);
    QCOMPARE(pair->user.email, storedKey);
    QVERIFY(m_world->accounts.knowsAddress(typed, m_world->client.address).value());
    QCOMPARE(m_world->accounts.findByEmail(typed).value()->id, old.user.id);
    QVERIFY(!m_world->join(typed));
    QVERIFY(!m_world->join(storedKey));
    QCOMPARE(m_world->accounts.count().value(), 1);
    QVERIFY(m_world->sessions.setPassword(old.user.id, u"another long sentence", u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(storedKey, u"another long sentence"_s));
}

void TestAccountService::guessablePassword_isRefused_data()
{
    QTest::addColumn<QString>("secret");
    // The commonest of at least eight characters, by the published lists of leaks.
    for (const char *common :
         {"password",  "12345678",    "123456789", "1234567890", "qwertyuiop", "password1",     "qwerty123", "iloveyou",   "11111111",
          "00000000",  "1q2w3e4r",    "1qaz2wsx",  "sunshine",   "princess",   "football",      "baseball",  "superman",   "trustno1",
          "starwars",  "michelle",    "jennifer",  "computer",   "whatever",   "internet",      "samantha",  "passw0rd",   "P@ssw0rd",
          "Password1", "Password123", "welcome1",  "letmein1",   "admin123",   "administrator", "abcd1234",  "abc12345",   "a1b2c3d4",
          "asdfghjkl", "asdfasdf",    "zxcvbnm1",  "q1w2e3r4",   "1q2w3e4r5t", "qazwsxedc",     "qwer1234",  "87654321",   "88888888",
          "12341234",  "11223344",    "123123123", "147258369",  "987654321",  "corvette",      "mercedes",  "liverpool",  "chocolate",
          "butterfly", "elephant",    "charlie1",  "monkey123",  "dragon123",  "spiderman",     "changeme",  "12345678910"})
        QTest::newRow(common) << QString::fromLatin1(common);
    QTest::newRow("eight blanks") << QString(8, u' ');
    QTest::newRow("one letter twelve times") << QString(12, u'a');
    QTest::newRow("one letter a thousand times") << QString(1000, u'a');
    QTest::newRow("one umlaut eight times") << QString(8, u'\u00e4');
    QTest::newRow("three letters again and again") << u"abc"_s.repeated(6);
    QTest::newRow("a date") << u"19900101"_s;
    QTest::newRow("the product") << u"warderwarder"_s;
    QTest::newRow("the product and a year") << u"Warder2026"_s;
    QTest::newRow("the address") << u"Mirabell.Lee@example.com"_s;
    QTest::newRow("the address in capitals") << u"MIRABELL.LEE@EXAMPLE.COM"_s;
    QTest::newRow("what stands before the @") << u"mirabell.lee"_s;
    QTest::newRow("a part of it and a number") << u"mirabell1"_s;
    QTest::newRow("the name") << u"Mirabell Leeuwenhoek"_s;
    QTest::newRow("the second name and a year") << u"leeuwenhoek1990"_s;
}

void TestAccountService::guessablePassword_isRefused()
{
    QFETCH(QString, secret);
    const QString ann = u"mirabell.lee@example.com"_s;
    const auto made =
        m_world->accounts.create({.email = ann, .password = secret, .name = u"Mirabell Leeuwenhoek"_s}, u"test"_s, m_clock.now());
    QVERIFY2(!made, "taken");
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QCOMPARE(made.error().faults.size(), 1);
    const Fault &fault = made.error().faults.first();
    QCOMPARE(fault.type, u"value_error"_s);
    QCOMPARE(fault.location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
    QCOMPARE(fault.message,
             u"Value error, this password is too easy to guess: take a longer one, for example four words that do not belong together"_s);
    QVERIFY(!fault.input);
    const User user = add(ann, u"Mirabell Leeuwenhoek"_s);
    const auto changed = m_world->sessions.setPassword(user.id, secret, u"test"_s, m_clock.now());
    QCOMPARE(changed.error().code, ErrorCode::InvalidInput);
}

void TestAccountService::goodPassword_isTaken_data()
{
    QTest::addColumn<QString>("secret");
    for (const char *good : {"correct horse battery", "judge pass 1", "Tr0ub4dour&3", "x7#kQ9!m", "korrektpferdbatterie",
                             "kaffeemaschine blau", "another password 4 me"})
        QTest::newRow(good) << QString::fromLatin1(good);
    QTest::newRow("Russian words") << u"\u0437\u0435\u043b\u0451\u043d\u044b\u0439 \u043a\u043e\u0442"_s;
    QTest::newRow("ideographs") << u"\u65e5\u672c\u8a9e\u306e\u6587\u7ae0\u3067\u3059"_s;
    QTest::newRow("a rare ending behind a common beginning") << QString(100, u'a') + u"x7#kQ9!mZ2"_s;
}

void TestAccountService::goodPassword_isTaken()
{
    QFETCH(QString, secret);
    const auto made =
        m_world->accounts.create({.email = u"ann@example.com"_s, .password = secret, .name = u"Ann"_s}, u"test"_s, m_clock.now());
    QVERIFY2(made, made ? "" : qPrintable(made.error().faults.value(0).message));
}

void TestAccountService::guessablePassword_isTaken_whereTheOperatorSaysSo()
{
    AccountService accounts(*m_world->database, m_world->hasher, {.minGuesses = 0}, m_world->listener);
    QVERIFY(accounts.create({.email = u"ann@example.com"_s, .password = u"password"_s}, u"test"_s, m_clock.now()));
}

void TestAccountService::guessablePassword_comesAlong_asAnImportedHash()
{
    const QString hash = m_world->hasher.hash(u"password").value();
    QVERIFY(m_world->accounts.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s, u"password"_s));
}

void TestAccountService::invisibleName_isEmpty()
{
    for (const QString &name : {u"\u200b"_s, u"\u3164"_s, u"\u2800"_s, u"\u2060"_s, u" \u200d\u00ad "_s, u"\U000e0100"_s, u"   "_s}) {
        const User user = add(u"user-%1@example.com"_s.arg(Id::create(m_clock.now()).toString()), name);
        QCOMPARE(user.name, QString());
        QCOMPARE(m_world->accounts.edit(user.id, {.name = u"Ann"_s}, u"user"_s, m_clock.now())->name, u"Ann"_s);
        QCOMPARE(m_world->accounts.edit(user.id, {.name = name}, u"user"_s, m_clock.now())->name, QString());
    }
}

void TestAccountService::create_listsAllFaultsAtOnce()
{
    const auto made = m_world->accounts.create({.email = u"ann"_s, .password = u"short"_s, .name = QString(201, u'x'), .roles = {u""_s}},
                                               u"test"_s, m_clock.now());
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QStringList fields;
    for (const Fault &fault : made.error().faults)
        fields += fault.location.at(1).toString();
    QCOMPARE(fields, (QStringList {u"email"_s, u"password"_s, u"name"_s, u"roles"_s}));
}

void TestAccountService::create_refusesForeignHashes_data()
{
    QTest::addColumn<QString>("hash");
    QTest::newRow("plain text") << u"hunter2hunter2"_s;
    QTest::newRow("DES crypt") << u"rl.3StKT.4T8M"_s;
    QTest::newRow("bcrypt cut short") << u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyO"_s;
    QTest::newRow("$2x$") << u"$2x$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s;
    QTest::newRow("Argon2 of 64 GiB") << u"$argon2id$v=19$m=67108864,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s;
    QTest::newRow("NUL behind a good one") << u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s + QChar(0);
}

void TestAccountService::create_refusesForeignHashes()
{
    QFETCH(QString, hash);
    const auto made =
        m_world->accounts.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now());
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QVERIFY(!made.error().detail.contains(hash));
}

void TestAccountService::unknownAccount_costsWhatAWrongPasswordCosts_data()
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

void TestAccountService::unknownAccount_costsWhatAWrongPasswordCosts()
{
    add(u"ann@example.com"_s);
    QFETCH(QString, email);
    QFETCH(QString, secret);
    hashesMade = 0;
    QCOMPARE(m_world->accounts.authenticate({.email = email, .password = secret}, m_clock.now()).error().code,
             ErrorCode::InvalidCredentials);
    QTEST(hashesMade.load(), "hashes");
}

void TestAccountService::weakerHash_isReplacedOnce_data()
{
    QTest::addColumn<int>("memoryKib");
    QTest::addColumn<int>("iterations");
    QTest::addColumn<int>("parallelism");
    QTest::addColumn<bool>("replaced");
    QTest::newRow("as the policy") << 128 << 2 << 2 << false;
    QTest::newRow("stronger") << 256 << 3 << 2 << false;
    QTest::newRow("less memory") << 64 << 2 << 2 << true;
    QTest::newRow("fewer rounds") << 128 << 1 << 2 << true;
    QTest::newRow("fewer lanes") << 128 << 2 << 1 << true;
}

void TestAccountService::weakerHash_isReplacedOnce()
{
    QFETCH(int, memoryKib);
    QFETCH(int, iterations);
    QFETCH(int, parallelism);
    QFETCH(bool, replaced);
    const PasswordHasher policy({.memoryKib = 128, .iterations = 2, .parallelism = 2});
    const PasswordHasher theirs({.memoryKib = memoryKib, .iterations = iterations, .parallelism = parallelism});
    AccountService accounts(*m_world->database, policy, {}, m_world->listener);
    const QString old = theirs.hash(password).value();
    QVERIFY(accounts.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = old}, u"test"_s, m_clock.now()));
    QVERIFY(accounts.authenticate({.email = u"ann@example.com"_s, .password = password}, m_clock.now()));
    const QString first = hashOf(u"ann@example.com"_s);
    QCOMPARE(first != old, replaced);
    QVERIFY(!policy.needsUpgrade(first));
    QVERIFY(accounts.authenticate({.email = u"ann@example.com"_s, .password = password}, m_clock.now()));
    QCOMPARE(hashOf(u"ann@example.com"_s), first);
}

void TestAccountService::wrongPassword_replacesNothing()
{
    const QString old = u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s; // "U*U"
    QVERIFY(m_world->accounts.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = old}, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->accounts.authenticate({.email = u"ann@example.com"_s, .password = u"U*V"_s}, m_clock.now()));
    QCOMPARE(hashOf(u"ann@example.com"_s), old);
}

void TestAccountService::replacedHash_neverUndoesANewPassword()
{
    const User user = add(u"ann@example.com"_s);
    const QString old = hashOf(u"ann@example.com"_s);
    QVERIFY(m_world->sessions.setPassword(user.id, u"a new password", u"test"_s, m_clock.now()));
    const QString current = hashOf(u"ann@example.com"_s);
    const auto late =
        m_world->database->write([&](DbConnection &connection) { return UserStore::replaceHash(connection, user.id, old, u"late"_s); });
    QVERIFY(late);
    QCOMPARE(hashOf(u"ann@example.com"_s), current);
}

void TestAccountService::signIn_isRefusedAfterAChange_data()
{
    QTest::addColumn<QString>("change");
    QTest::addColumn<bool>("good");
    QTest::newRow("none") << u"none"_s << true;
    QTest::newRow("renamed") << u"rename"_s << true;
    QTest::newRow("another sign-in") << u"signIn"_s << true;
    QTest::newRow("new password in the same millisecond") << u"password"_s << false;
    QTest::newRow("disabled") << u"disable"_s << false;
    QTest::newRow("removed") << u"remove"_s << false;
}

/// The password was right when it was checked; what happens until the session is stored must still count.
void TestAccountService::signIn_isRefusedAfterAChange()
{
    QFETCH(QString, change);
    QFETCH(bool, good);
    add(u"ann@example.com"_s);
    const auto proven = m_world->accounts.authenticate({.email = u"ann@example.com"_s, .password = password}, m_clock.now());
    QVERIFY(proven);
    if (change == "rename"_L1)
        QVERIFY(m_world->accounts.edit(proven->id, {.name = u"Ann"_s}, u"user"_s, m_clock.now()));
    if (change == "signIn"_L1)
        QVERIFY(m_world->login(u"ann@example.com"_s));
    if (change == "password"_L1)
        QVERIFY(m_world->sessions.setPassword(proven->id, u"a new password", u"test"_s, m_clock.now()));
    if (change == "disable"_L1)
        QVERIFY(m_world->sessions.setDisabled(proven->id, true, u"test"_s, m_clock.now()));
    if (change == "remove"_L1)
        QVERIFY(m_world->sessions.removeAccount(proven->id, u"test"_s, m_clock.now()));
    const auto stored = m_world->database->write([&](Transaction &transaction) {
        return m_world->accounts.storeSignIn(transaction, *proven, QHostAddress(u"192.0.2.1"_s), m_clock.now());
    });
    QCOMPARE(stored.has_value(), good);
    if (!good)
        QCOMPARE(stored.error().code, ErrorCode::InvalidCredentials);
}

void TestAccountService::signIn_remembersAddresses()
{
    add(u"ann@example.com"_s);
    add(u"bob@example.com"_s);
    QVERIFY(!m_world->accounts.knowsAddress(u"ann@example.com"_s, QHostAddress(u"192.0.2.7"_s)).value());
    QVERIFY(!m_world->login(u"ann@example.com"_s, u"wrong"_s));
    QVERIFY(!m_world->accounts.knowsAddress(u"ann@example.com"_s, QHostAddress(u"192.0.2.7"_s)).value());
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(m_world->accounts.knowsAddress(u"Ann@Example.com "_s, QHostAddress(u"192.0.2.7"_s)).value());
    QVERIFY(!m_world->accounts.knowsAddress(u"ann@example.com"_s, QHostAddress(u"192.0.2.8"_s)).value());
    QVERIFY(!m_world->accounts.knowsAddress(u"bob@example.com"_s, QHostAddress(u"192.0.2.7"_s)).value());
    QVERIFY(!m_world->accounts.knowsAddress(u"nonsense"_s, QHostAddress(u"192.0.2.7"_s)).value());
}

void TestAccountService::signIn_remembersNetworks_data()
{
    QTest::addColumn<QString>("noted");
    QTest::addColumn<bool>("asOfOld"); // written whole, as it was before
    QTest::addColumn<QString>("asked");
    QTest::addColumn<bool>("known");
    for (const bool old : {false, true}) {
        const QByteArray how = old ? ", noted whole" : "";
        QTest::newRow("today's privacy address" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:1::bbbb"_s << true;
        QTest::newRow("a /64 with blocks of zeros" + how) << u"2001:db8::1"_s << old << u"2001:db8:0:0:1:2:3:4"_s << true;
        QTest::newRow("the neighbour's /64" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:2::aaaa"_s << false;
        QTest::newRow("an address that only begins alike" + how) << u"2001:db8:1:1::aaaa"_s << old << u"2001:db8:1:11::aaaa"_s << false;
        QTest::newRow("IPv4" + how) << u"203.0.113.7"_s << old << u"203.0.113.7"_s << true;
        QTest::newRow("IPv4 inside IPv6" + how) << u"::ffff:203.0.113.7"_s << old << u"203.0.113.7"_s << true;
        QTest::newRow("another IPv4" + how) << u"203.0.113.7"_s << old << u"203.0.113.70"_s << false;
        QTest::newRow("link-local" + how) << u"fe80::1"_s << old << u"fe80::2"_s << true;
        QTest::newRow("no address: a unix socket" + how) << u""_s << old << u""_s << true;
    }
}

void TestAccountService::signIn_remembersNetworks()
{
    QFETCH(QString, noted);
    QFETCH(bool, asOfOld);
    QFETCH(QString, asked);
    add(u"ann@example.com"_s);
    m_world->client.address = QHostAddress(noted);
    QVERIFY(m_world->login(u"ann@example.com"_s));
    if (asOfOld)
        QVERIFY(m_world->database->write(
            [&](DbConnection &connection) { return connection.run(u"UPDATE sign_in_addresses SET address = ?"_s, {bound(noted)}); }));
    QTEST(m_world->accounts.knowsAddress(u"ann@example.com"_s, QHostAddress(asked)).value(), "known");
    QVERIFY(!m_world->accounts.knowsAddress(u"bob@example.com"_s, QHostAddress(asked)).value());
    m_world->client.address = QHostAddress(asked);
    QVERIFY(m_world->login(u"ann@example.com"_s));
    const auto rows = m_world->database->reader().all(u"SELECT address FROM sign_in_addresses WHERE address = '' OR address LIKE '%/64' OR "
                                                      "address NOT LIKE '%:%'"_s,
                                                      {}, [](const Row &row) { return row.text(0); });
    QVERIFY(rows.value().size() <= 2); // no row a privacy address
}

void TestAccountService::bcryptPolicy_tellsItsLimit()
{
    const PasswordHasher hasher({.algorithm = HashingPolicy::Algorithm::Bcrypt, .bcryptCost = 4});
    AccountService accounts(*m_world->database, hasher, {}, m_world->listener);
    const auto made = accounts.create({.email = u"ann@example.com"_s, .password = u"correct horse battery staple "_s.repeated(3).first(73)},
                                      u"test"_s, m_clock.now());
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QCOMPARE(made.error().faults.value(0).type, u"string_too_long"_s);
    QCOMPARE(made.error().faults.value(0).context.value("max_length"_L1).toInt(), 72);
    QVERIFY(accounts.create({.email = u"ann@example.com"_s, .password = u"correct horse battery staple "_s.repeated(3).first(72)},
                            u"test"_s, m_clock.now()));
}

void TestAccountService::page_walksAll()
{
    for (int i = 0; i < 7; ++i)
        add(u"user%1@example.com"_s.arg(i), i % 2 ? u"Odd"_s : u"Even"_s);
    QStringList seen;
    QString after;
    do {
        const auto page = m_world->accounts.page({}, after, 3).value();
        for (const User &user : page.users)
            seen += user.email;
        after = page.next;
    } while (!after.isEmpty());
    QCOMPARE(seen.size(), 7);
    QVERIFY(std::ranges::is_sorted(seen));
    QCOMPARE(m_world->accounts.page(u"odd"_s, {}, 10).value().users.size(), 3);
    QCOMPARE(m_world->accounts.page(u"USER3@"_s, {}, 10).value().users.size(), 1);
}

void TestAccountService::page_takesWildcardsLiterally()
{
    add(u"a_b@example.com"_s, u"100%"_s);
    add(u"axb@example.com"_s, u"100"_s);
    QCOMPARE(m_world->accounts.page(u"a_b"_s, {}, 10).value().users.size(), 1);
    QCOMPARE(m_world->accounts.page(u"0%"_s, {}, 10).value().users.size(), 1);
    QCOMPARE(m_world->accounts.page(u"\\"_s, {}, 10).value().users.size(), 0);
    QCOMPARE(m_world->accounts.page(u"' OR 1=1 --"_s, {}, 10).value().users.size(), 0);
}

void TestAccountService::page_boundsItsLimit_data()
{
    QTest::addColumn<int>("limit");
    QTest::newRow("zero") << 0;
    QTest::newRow("negative") << -1;
    QTest::newRow("huge") << 2'000'000'000;
}

void TestAccountService::page_boundsItsLimit()
{
    QFETCH(int, limit);
    QVERIFY(m_world->accounts.page({}, {}, limit));
    add(u"ann@example.com"_s);
    add(u"bob@example.com"_s);
    QCOMPARE(m_world->accounts.page({}, {}, limit).value().users.size(), limit > 1 ? 2 : 1);
}

void TestAccountService::rename_isSeen()
{
    const User user = add(u"ann@example.com"_s);
    m_clock.advance(Seconds {1});
    QCOMPARE(m_world->accounts.edit(user.id, {.name = u" Ann "_s}, u"user"_s, m_clock.now()).value().name, u"Ann"_s);
    const auto noted = AuditStore::newest(m_world->database->reader(), user.id, QString(audit::userChanged), 10).value();
    QCOMPARE(noted.size(), 1);
    QCOMPARE(noted.first().actor, u"user"_s);
    QCOMPARE(noted.first().details, (QJsonObject {{u"name"_s, u"Ann"_s}}));
    QCOMPARE(m_world->accounts.edit(user.id, {.name = u"a\nb"_s}, u"user"_s, m_clock.now()).error().faults.size(), 1);
    QCOMPARE(m_world->accounts.findById(user.id).value().updatedAt, m_clock.now());
    QCOMPARE(m_world->accounts.edit(Id::create(m_clock.now()), {.name = u"x"_s}, u"user"_s, m_clock.now()).error().code,
             ErrorCode::NotFound);
}

void TestAccountService::edit_changesWhatIsGiven_data()
{
    QTest::addColumn<AccountEdit>("edit");
    QTest::addColumn<QString>("email");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QStringList>("roles");
    QTest::addColumn<QJsonObject>("recorded");
    const QString ann = u"ann@example.com"_s;
    const QStringList editor {u"editor"_s};
    const auto rolesAre = [](const QJsonArray &roles) { return QJsonObject {{u"roles"_s, roles}}; };
    QTest::newRow("nothing") << AccountEdit() << ann << u"Ann"_s << editor << QJsonObject();
    QTest::newRow("the same again") << AccountEdit {.email = ann, .name = u"Ann"_s, .roles = editor} << ann << u"Ann"_s << editor
                                    << QJsonObject();
    QTest::newRow("all roles") << AccountEdit {.roles = QStringList {u"admin"_s, u"ops"_s, u"admin"_s}} << ann << u"Ann"_s
                               << QStringList {u"admin"_s, u"ops"_s} << rolesAre({u"admin"_s, u"ops"_s});
    QTest::newRow("no roles") << AccountEdit {.roles = QStringList()} << ann << u"Ann"_s << QStringList() << rolesAre({});
    QTest::newRow("a role more") << AccountEdit {.addRoles = {u"admin"_s}} << ann << u"Ann"_s << QStringList {u"editor"_s, u"admin"_s}
                                 << rolesAre({u"editor"_s, u"admin"_s});
    QTest::newRow("a role it has") << AccountEdit {.addRoles = editor} << ann << u"Ann"_s << editor << QJsonObject();
    QTest::newRow("a role less") << AccountEdit {.removeRoles = {u"editor"_s, u"unknown"_s}} << ann << u"Ann"_s << QStringList()
                                 << rolesAre({});
    QTest::newRow("one for another") << AccountEdit {.addRoles = {u"admin"_s}, .removeRoles = editor} << ann << u"Ann"_s
                                     << QStringList {u"admin"_s} << rolesAre({u"admin"_s});
    QTest::newRow("name, trimmed and composed")
        << AccountEdit {.name = u" Ne\u0301 "_s} << ann << u"N\u00e9"_s << editor << QJsonObject {{u"name"_s, u"N\u00e9"_s}};
    QTest::newRow("no name") << AccountEdit {.name = QString()} << ann << QString() << editor << QJsonObject {{u"name"_s, QString()}};
    QTest::newRow("address") << AccountEdit {.email = u" Bea@Example.com"_s} << u"Bea@Example.com"_s << u"Ann"_s << editor
                             << QJsonObject {{u"email"_s, u"Bea@Example.com"_s}, {u"email_before"_s, ann}};
}

void TestAccountService::edit_changesWhatIsGiven()
{
    QFETCH(const AccountEdit, edit);
    QFETCH(const QJsonObject, recorded);
    const User user = m_world->accounts
                          .create({.email = u"ann@example.com"_s, .password = password, .name = u"Ann"_s, .roles = {u"editor"_s}},
                                  u"test"_s, m_clock.now())
                          .value();
    m_clock.advance(Seconds {1});
    const auto changed = m_world->accounts.edit(user.id, edit, u"command line"_s, m_clock.now());
    QVERIFY(changed);
    QTEST(changed->email, "email");
    QTEST(changed->name, "name");
    QTEST(changed->roles, "roles");
    QCOMPARE(changed->updatedAt, recorded.isEmpty() ? user.updatedAt : m_clock.now());
    QCOMPARE(m_world->accounts.findByEmail(changed->email)->value_or(User()).id, user.id);
    const auto record = AuditStore::newest(m_world->database->reader(), user.id, audit::userChanged, 10).value();
    QCOMPARE(record.size(), recorded.isEmpty() ? 0 : 1);
    if (!record.isEmpty()) {
        QCOMPARE(record.first().actor, u"command line"_s);
        QCOMPARE(record.first().details, recorded);
    }
}

void TestAccountService::edit_isRefused_data()
{
    QTest::addColumn<AccountEdit>("edit");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("field");
    QStringList many;
    for (int i = 0; i < 32; ++i)
        many += u"role%1"_s.arg(i);
    const int invalid = int(ErrorCode::InvalidInput);
    QTest::newRow("another's address, spelled otherwise")
        << AccountEdit {.email = u"BOB@example.com"_s} << int(ErrorCode::EmailTaken) << QString();
    QTest::newRow("no address") << AccountEdit {.email = u"ann"_s} << invalid << u"email"_s;
    QTest::newRow("an empty address") << AccountEdit {.email = QString()} << invalid << u"email"_s;
    QTest::newRow("a line feed in the name") << AccountEdit {.name = u"a\nb"_s} << invalid << u"name"_s;
    QTest::newRow("no role") << AccountEdit {.roles = QStringList {u"a b"_s}} << invalid << u"roles"_s;
    QTest::newRow("an empty role more") << AccountEdit {.addRoles = {QString()}} << invalid << u"roles"_s;
    QTest::newRow("too many with those it has") << AccountEdit {.addRoles = many} << invalid << u"roles"_s;
}

void TestAccountService::edit_isRefused()
{
    QFETCH(const AccountEdit, edit);
    QFETCH(const int, code);
    QFETCH(const QString, field);
    add(u"bob@example.com"_s);
    const User user = m_world->accounts
                          .create({.email = u"ann@example.com"_s, .password = password, .name = u"Ann"_s, .roles = {u"editor"_s}},
                                  u"test"_s, m_clock.now())
                          .value();
    const auto refused = m_world->accounts.edit(user.id, edit, u"test"_s, m_clock.now());
    QVERIFY(!refused);
    QCOMPARE(int(refused.error().code), code);
    QCOMPARE(refused.error().faults.isEmpty() ? QString() : refused.error().faults.first().location.last().toString(), field);
    QCOMPARE(m_world->accounts.findById(user.id).value(), user);
    QCOMPARE(m_world->accounts.edit(Id::create(m_clock.now()), {.name = u"x"_s}, u"test"_s, m_clock.now()).error().code,
             ErrorCode::NotFound);
}

void TestAccountService::edit_ofTheAddress_takesItsVerification()
{
    const User user = add(u"ann@example.com"_s);
    QVERIFY(m_world->database->write([](DbConnection &connection) { return connection.run(u"UPDATE users SET email_verified = 1"_s); }));
    QVERIFY(m_world->accounts.edit(user.id, {.email = u"Ann@Example.com"_s}, u"test"_s, m_clock.now())
                ->emailVerified); // the same, spelled otherwise
    QVERIFY(!m_world->accounts.edit(user.id, {.email = u"bea@example.com"_s}, u"test"_s, m_clock.now())->emailVerified);
}

QTEST_GUILESS_MAIN(TestAccountService)
#include "TestAccountService.moc"
