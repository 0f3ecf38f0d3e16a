#include "core/credentials/PasswordStore.h"
#include "tests/support/WorldTest.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestPasswords : public WorldTest
{
    Q_OBJECT
private Q_SLOTS:
    void guessablePassword_isRefused_data();
    void guessablePassword_isRefused();
    void ownWords_areNotCrowdedOut();
    void goodPassword_isTaken_data();
    void goodPassword_isTaken();
    void guessablePassword_isTaken_whereTheOperatorSaysSo();
    void weakerHash_isReplacedOnce_data();
    void weakerHash_isReplacedOnce();
    void wrongPassword_replacesNothing();
    void replacedHash_neverUndoesANewPassword();
    void bcryptPolicy_tellsItsLimit();
    void importedHash_worksAndIsUpgraded_data();
    void importedHash_worksAndIsUpgraded();
    void account_mayHaveNoPassword();
};

void TestPasswords::guessablePassword_isRefused_data()
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

void TestPasswords::guessablePassword_isRefused()
{
    QFETCH(QString, secret);
    const QString ann = u"mirabell.lee@example.com"_s;
    const auto made =
        m_world->registration.create({.email = ann, .password = secret, .name = u"Mirabell Leeuwenhoek"_s}, u"test"_s, m_clock.now());
    QVERIFY2(!made, "taken");
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QCOMPARE(made.error().faults.size(), 1);
    const Fault &fault = made.error().faults.first();
    QCOMPARE(fault.type, u"value_error"_s);
    QCOMPARE(fault.location, (QList<QJsonValue> {u"body"_s, u"password"_s}));
    QCOMPARE(fault.message,
             u"Value error, this password is too easy to guess: take a longer one, for example four words that do not belong together"_s);
    QVERIFY(!fault.input);
    const User user = m_world->add(ann, u"Mirabell Leeuwenhoek"_s);
    const auto changed = m_world->changes.setPassword(user.id, secret, u"test"_s, m_clock.now());
    QCOMPARE(changed.error().code, ErrorCode::InvalidInput);
}

/// Only so many words are looked at; an address with more parts than that makes the site's own name no better a password.
void TestPasswords::ownWords_areNotCrowdedOut()
{
    reopen({.hashing = quickHashing, .passwords = {.ownWords = {u"warder"_s, u"zauberwaldportal.example"_s, u"zauberwaldportal"_s}}});
    QStringList parts;
    for (int i = 0; i < 40; ++i)
        parts += u"p%1"_s.arg(100 + i);
    const QString address = u"ann@"_s + parts.join(u'.') + u".example"_s;
    for (const QString &email : {u"ann@example.com"_s, address}) {
        const auto made = m_world->registration.create({.email = email, .password = u"zauberwaldportal1"_s}, u"test"_s, m_clock.now());
        QVERIFY(!made);
        QCOMPARE(made.error().faults.first().context.value("code"_L1).toString(), u"password_guessable"_s);
    }
}

void TestPasswords::goodPassword_isTaken_data()
{
    QTest::addColumn<QString>("secret");
    for (const char *good : {"correct horse battery", "judge pass 1", "Tr0ub4dour&3", "x7#kQ9!m", "korrektpferdbatterie",
                             "kaffeemaschine blau", "another password 4 me"})
        QTest::newRow(good) << QString::fromLatin1(good);
    QTest::newRow("Russian words") << u"\u0437\u0435\u043b\u0451\u043d\u044b\u0439 \u043a\u043e\u0442"_s;
    QTest::newRow("ideographs") << u"\u65e5\u672c\u8a9e\u306e\u6587\u7ae0\u3067\u3059"_s;
    QTest::newRow("a rare ending behind a common beginning") << QString(100, u'a') + u"x7#kQ9!mZ2"_s;
}

void TestPasswords::goodPassword_isTaken()
{
    QFETCH(QString, secret);
    const auto made =
        m_world->registration.create({.email = u"ann@example.com"_s, .password = secret, .name = u"Ann"_s}, u"test"_s, m_clock.now());
    QVERIFY2(made, made ? "" : qPrintable(made.error().faults.value(0).message));
}

void TestPasswords::guessablePassword_isTaken_whereTheOperatorSaysSo()
{
    reopen({.hashing = quickHashing, .passwords = {.minGuesses = 0}});
    QVERIFY(m_world->registration.create({.email = u"ann@example.com"_s, .password = u"password"_s}, u"test"_s, m_clock.now()));
}

void TestPasswords::weakerHash_isReplacedOnce_data()
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

void TestPasswords::weakerHash_isReplacedOnce()
{
    QFETCH(int, memoryKib);
    QFETCH(int, iterations);
    QFETCH(int, parallelism);
    QFETCH(bool, replaced);
    constexpr HashingPolicy policy {.memoryKib = 128, .iterations = 2, .parallelism = 2};
    reopen({.hashing = policy});
    const PasswordHasher theirs({.memoryKib = memoryKib, .iterations = iterations, .parallelism = parallelism});
    const QString old = theirs.hash(password).value();
    QVERIFY(m_world->registration.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = old}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    const QString first = m_world->hashOf(u"ann@example.com"_s);
    QCOMPARE(first != old, replaced);
    QVERIFY(!PasswordHasher(policy).needsUpgrade(first));
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QCOMPARE(m_world->hashOf(u"ann@example.com"_s), first);
}

void TestPasswords::wrongPassword_replacesNothing()
{
    const QString old = u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s; // "U*U"
    QVERIFY(m_world->registration.create({.email = u"ann@example.com"_s, .password = {}, .passwordHash = old}, u"test"_s, m_clock.now()));
    QVERIFY(!m_world->login(u"ann@example.com"_s, u"U*V"_s));
    QCOMPARE(m_world->hashOf(u"ann@example.com"_s), old);
}

void TestPasswords::replacedHash_neverUndoesANewPassword()
{
    const User user = m_world->add(u"ann@example.com"_s);
    const QString old = m_world->hashOf(u"ann@example.com"_s);
    QVERIFY(m_world->changes.setPassword(user.id, u"a new password", u"test"_s, m_clock.now()));
    const QString current = m_world->hashOf(u"ann@example.com"_s);
    const auto late =
        m_world->database->write([&](DbConnection &connection) { return PasswordStore::rehash(connection, user.id, old, u"late"_s); });
    QVERIFY(late);
    QCOMPARE(m_world->hashOf(u"ann@example.com"_s), current);
}

void TestPasswords::bcryptPolicy_tellsItsLimit()
{
    reopen({.hashing = {.algorithm = HashingPolicy::Algorithm::Bcrypt, .bcryptCost = 4}});
    const auto made = m_world->registration.create(
        {.email = u"ann@example.com"_s, .password = u"correct horse battery staple "_s.repeated(3).first(73)}, u"test"_s, m_clock.now());
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QCOMPARE(made.error().faults.value(0).type, u"string_too_long"_s);
    QCOMPARE(made.error().faults.value(0).context.value("max_length"_L1).toInt(), 72);
    QVERIFY(m_world->registration.create(
        {.email = u"ann@example.com"_s, .password = u"correct horse battery staple "_s.repeated(3).first(72)}, u"test"_s, m_clock.now()));
}

void TestPasswords::importedHash_worksAndIsUpgraded_data()
{
    QTest::addColumn<QString>("hash");
    QTest::addColumn<QString>("secret");
    // The published vector of crypt_blowfish, in its three spellings.
    QTest::newRow("bcrypt 2a") << u"$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s << u"U*U"_s;
    QTest::newRow("bcrypt 2b") << u"$2b$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s << u"U*U"_s;
    QTest::newRow("bcrypt 2y") << u"$2y$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_s << u"U*U"_s;
    // From the reference implementation's own test suite, version 0x13, 256 KiB, two rounds.
    QTest::newRow("argon2i") << u"$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s << u"password"_s;
    QTest::newRow("Django") << u"pbkdf2_sha256$80000$NaCl$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1Y="_s << u"Password"_s; // RFC 7914 §11
    // From the tests of Django, of Supabase, and made with Python.
    QTest::newRow("Django, scrypt")
        << u"scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw=="_s
        << u"l\u00e8tmein"_s;
    QTest::newRow("Firebase") << u"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14"
                                 "J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$"
                                 "zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw=="_s
                              << u"mytestpassword"_s;
    QTest::newRow("Better Auth")
        << u"00112233445566778899aabbccddeeff:267a33c2ae63f1c2d542f84d50b7d87c68900c8b9475f6a47ade71cf44b234822e0a34af1d226572b5caf52809319d4c"
           "486f3d209cc2fd022fb53bb4eaeb35b1"_s
        << u"correct horse battery"_s;
}

void TestPasswords::importedHash_worksAndIsUpgraded()
{
    QFETCH(QString, hash);
    QFETCH(QString, secret);
    QVERIFY(m_world->registration.create({.email = u"old@example.com"_s, .password = {}, .passwordHash = hash}, u"test"_s, m_clock.now()));
    QVERIFY(m_world->login(u"old@example.com"_s, secret));
    QVERIFY(m_world->hashOf(u"old@example.com"_s).startsWith("$argon2id$"_L1));
    QVERIFY(m_world->login(u"old@example.com"_s, secret));
    QVERIFY(!m_world->login(u"old@example.com"_s, u"wrong"_s));
}

void TestPasswords::account_mayHaveNoPassword()
{
    const User wanted {.email = u"ann@example.com"_s};
    const auto made = m_world->database->write(
        [&](Transaction &transaction) { return m_world->accounts.insert(transaction, wanted, u"test"_s, m_clock.now()); });
    QVERIFY(made);
    QCOMPARE(m_world->accounts.findById(made->id).value().passwordScheme, QString());
    QCOMPARE(m_world->login(u"ann@example.com"_s).error().code, ErrorCode::InvalidCredentials);
    QCOMPARE(m_world->login(u"ann@example.com"_s, QString()).error().code, ErrorCode::InvalidCredentials);
    QVERIFY(m_world->changes.setPassword(made->id, password, u"test"_s, m_clock.now()));
    QCOMPARE(m_world->accounts.findById(made->id).value().passwordScheme, u"argon2id"_s);
    QVERIFY(m_world->login(u"ann@example.com"_s));
    QVERIFY(!m_world->changes.setPassword(Id::create(m_clock.now()), password, u"test"_s, m_clock.now()));
}

QTEST_GUILESS_MAIN(TestPasswords)
#include "TestPasswords.moc"
