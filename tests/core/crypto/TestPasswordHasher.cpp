#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/PasswordHasher.h"

#include <QTest>

#include <algorithm>
#include <ctime>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

using Algorithm = HashingPolicy::Algorithm;

constexpr HashingPolicy quickArgon2 {.memoryKib = 64, .iterations = 1};
constexpr HashingPolicy quickBcrypt {.algorithm = Algorithm::Bcrypt, .bcryptCost = 4};

const QString composed = u"caf\u00e9"_s;                                                       // U+00E9
const QString decomposed = u"cafe\u0301"_s;                                                    // e and a combining acute
const QString foreignHash = u"$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"_s; // abc

/// This thread's own time that `work` takes.
template <typename Work>
double costOf(Work work)
{
    const auto now = [] {
        timespec time {};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return double(time.tv_sec) + double(time.tv_nsec) / 1e9;
    };
    const double start = now();
    work();
    return now() - start;
}

} // namespace

class TestPasswordHasher : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void hash_fitsItsPasswordOnly_data();
    void hash_fitsItsPasswordOnly();
    void hash_isFreshEachTime();
    void hash_saysItsParameters();
    void hash_bcryptRefusesWhatItWouldIgnore_data();
    void hash_bcryptRefusesWhatItWouldIgnore();
    void hash_refusesPoliciesItCouldNotVerify_data();
    void hash_refusesPoliciesItCouldNotVerify();
    void takes_isWhatHashTakes();
    void verify_takesEitherSpellingOfALetter();
    void verify_takesForeignHashesOfTextAsTyped();
    void verify_takesTheStandInsOfBetterAuth();
    void verify_refusesUnknownFormats_data();
    void verify_refusesUnknownFormats();
    void nobodysHash_costsWhatAWrongPasswordCosts_data();
    void nobodysHash_costsWhatAWrongPasswordCosts();
    void needsUpgrade_data();
    void needsUpgrade();
    void scheme_data();
    void scheme();

private:
    CryptoLibraries m_libraries;
};

void TestPasswordHasher::hash_fitsItsPasswordOnly_data()
{
    QTest::addColumn<bool>("useBcrypt");
    QTest::addColumn<QString>("password");
    for (const bool useBcrypt : {false, true}) {
        const auto row = [&](const char *name, const QString &password) {
            QTest::addRow("%s, %s", useBcrypt ? "bcrypt" : "argon2id", name) << useBcrypt << password;
        };
        row("plain", u"correct horse battery"_s);
        row("empty", QString());
        row("blanks at the ends", u" x "_s);
        row("Greek", u"\u03ba\u03c9\u03b4\u03b9\u03ba\u03cc\u03c2"_s);
        row("emoji", u"\U0001F511\U0001F40E"_s);
        row("72 bytes", QString(72, u'x'));
    }
    QTest::newRow("argon2id, 1024 bytes") << false << QString(1024, u'x');
    QTest::newRow("argon2id, NUL inside") << false << u"ab"_s + QChar(0) + u"cd"_s;
}

void TestPasswordHasher::hash_fitsItsPasswordOnly()
{
    QFETCH(bool, useBcrypt);
    QFETCH(QString, password);
    const PasswordHasher hasher(useBcrypt ? quickBcrypt : quickArgon2);
    const QString encoded = hasher.hash(password).value();
    QVERIFY(PasswordHasher::isSupported(encoded));
    QVERIFY(!hasher.needsUpgrade(encoded));
    QVERIFY(hasher.verify(password, encoded).value());
    QVERIFY(!hasher.verify(u'w' + password + u'y', encoded).value());
    if (!password.isEmpty())
        QVERIFY(!hasher.verify(password.chopped(1), encoded).value());
    // Whoever has another policy meanwhile still reads it.
    QVERIFY(PasswordHasher(useBcrypt ? quickArgon2 : quickBcrypt).verify(password, encoded).value());
}

void TestPasswordHasher::hash_isFreshEachTime()
{
    const PasswordHasher hasher(quickArgon2);
    QVERIFY(hasher.hash(u"password").value() != hasher.hash(u"password").value());
}

void TestPasswordHasher::hash_saysItsParameters()
{
    QVERIFY(PasswordHasher({.memoryKib = 128, .iterations = 3, .parallelism = 2})
                .hash(u"x")
                .value()
                .startsWith(u"$argon2id$v=19$m=128,t=3,p=2$"));
    QVERIFY(PasswordHasher({.algorithm = Algorithm::Bcrypt, .bcryptCost = 5}).hash(u"x").value().startsWith(u"$2b$05$"));
    const HashingPolicy standard; // OWASP's first choice for Argon2id
    QCOMPARE(standard.memoryKib, 19456);
    QCOMPARE(standard.iterations, 2);
    QCOMPARE(standard.parallelism, 1);
}

void TestPasswordHasher::hash_bcryptRefusesWhatItWouldIgnore_data()
{
    QTest::addColumn<QString>("password");
    QTest::newRow("73 bytes") << QString(73, u'x');
    QTest::newRow("37 letters of two bytes") << QString(37, u'\u00e9');
    QTest::newRow("NUL inside") << u"ab"_s + QChar(0) + u"cd"_s;
    QTest::newRow("NUL at the end") << u"ab"_s + QChar(0);
}

void TestPasswordHasher::hash_bcryptRefusesWhatItWouldIgnore()
{
    QFETCH(QString, password);
    const auto made = PasswordHasher(quickBcrypt).hash(password);
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::InvalidInput);
    QVERIFY(!made.error().detail.contains(password));
}

void TestPasswordHasher::hash_refusesPoliciesItCouldNotVerify_data()
{
    QTest::addColumn<int>("memoryKib");
    QTest::addColumn<int>("iterations");
    QTest::addColumn<int>("parallelism");
    QTest::addColumn<int>("bcryptCost");
    QTest::newRow("above 1 GiB") << 1024 * 1024 + 1 << 1 << 1 << 0;
    QTest::newRow("21 rounds") << 64 << 21 << 1 << 0;
    QTest::newRow("17 lanes") << 1024 << 1 << 17 << 0;
    QTest::newRow("too little memory for the lanes") << 31 << 1 << 4 << 0;
    QTest::newRow("no rounds") << 64 << 0 << 1 << 0;
    QTest::newRow("negative") << -1 << -1 << -1 << 0;
    QTest::newRow("bcrypt cost 18") << 64 << 1 << 1 << 18;
    QTest::newRow("bcrypt cost 3") << 64 << 1 << 1 << 3;
}

void TestPasswordHasher::hash_refusesPoliciesItCouldNotVerify()
{
    QFETCH(int, memoryKib);
    QFETCH(int, iterations);
    QFETCH(int, parallelism);
    QFETCH(int, bcryptCost);
    const PasswordHasher hasher({.algorithm = bcryptCost ? Algorithm::Bcrypt : Algorithm::Argon2id,
                                 .memoryKib = memoryKib,
                                 .iterations = iterations,
                                 .parallelism = parallelism,
                                 .bcryptCost = bcryptCost});
    const auto made = hasher.hash(u"password");
    QVERIFY(!made);
    QCOMPARE(made.error().code, ErrorCode::CryptoFailure);
    (void)hasher.verify(u"password", hasher.hashOfNobody()); // does not crash either
}

void TestPasswordHasher::takes_isWhatHashTakes()
{
    for (const HashingPolicy &policy : {quickArgon2, quickBcrypt}) {
        const PasswordHasher hasher(policy);
        for (const QString &text : {QString(), QString(72, u'x'), QString(73, u'x'), QString(37, u'\u00e9'), u"ab"_s + QChar(0)})
            QCOMPARE(hasher.takes(text), hasher.hash(text).has_value());
    }
}

void TestPasswordHasher::verify_takesEitherSpellingOfALetter()
{
    const PasswordHasher hasher(quickArgon2);
    QVERIFY(hasher.verify(decomposed, hasher.hash(composed).value()).value());
    QVERIFY(hasher.verify(composed, hasher.hash(decomposed).value()).value());
    QVERIFY(!hasher.verify(u"cafe", hasher.hash(composed).value()).value());
    QVERIFY(!hasher.verify(u"\ufb01", hasher.hash(u"fi").value()).value()); // NFC, not NFKC
}

void TestPasswordHasher::verify_takesForeignHashesOfTextAsTyped()
{
    // "cafe" and U+0301 in UTF-8 as another system hashed it.
    const PasswordHasher hasher(quickBcrypt);
    const QString ofDecomposed = u"$2b$04$abcdefghijklmnopqrstuuOPx4tXEYeRQ0j5wdqjQ2bd8EqDyvq5e"_s;
    QVERIFY(hasher.verify(decomposed, ofDecomposed).value());
    QVERIFY(!hasher.verify(composed, ofDecomposed).value());
}

/// Made with Python of "fish password", which is what its normal form KC makes of the first of these.
void TestPasswordHasher::verify_takesTheStandInsOfBetterAuth()
{
    const PasswordHasher hasher(quickArgon2);
    const QString theirs =
        u"00112233445566778899aabbccddeeff:1a88978752ae65355609d8bcf79300703a43e62b5d425aeb49e6b55f419c910ce4ea563f5e414ce95d0bf8bdc389fa75"
        "66bbd3ba80a21a73d49919fe98673b66"_s;
    QVERIFY(hasher.verify(u"\ufb01sh \uff50assword", theirs).value());
    QVERIFY(hasher.verify(u"fish password", theirs).value());
    QVERIFY(!hasher.verify(u"fish passworD", theirs).value());
    const QString django = u"pbkdf2_sha256$1$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QVERIFY(hasher.verify(u"passwd", django).value());
    QVERIFY(!hasher.verify(u"\uff50asswd", django).value());
}

void TestPasswordHasher::verify_refusesUnknownFormats_data()
{
    QTest::addColumn<QString>("encoded");
    QTest::newRow("nothing") << QString();
    QTest::newRow("the password itself") << u"password"_s;
    QTest::newRow("what crypt takes for DES") << u"garbage"_s;
    QTest::newRow("MD5") << u"$1$abcdefgh$irWbblnpmw.5z7wgBnprh0"_s;
    QTest::newRow("SHA-512") << u"$6$abcdefgh$yVfUwsw5T.JApa8POvClA1pQ5peiq97DUNyXCZN5IrF.BMSkiaLQ5kvpuEm/VQ1Tvh/KV2TcaWh8qinoW5dhA1"_s;
    QTest::newRow("yescrypt") << u"$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"_s;
    QTest::newRow("2x") << QString(foreignHash).replace(2, 1, u"x"_s);
    QTest::newRow("argon2d") << u"$argon2d$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s;
    QTest::newRow("hostile memory") << u"$argon2id$v=19$m=4194304,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s;
    QTest::newRow("hostile iterations") << u"pbkdf2_sha256$2147483648$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QTest::newRow("Django: no password") << u"!0123456789012345678901234567890123456789"_s;
    QTest::newRow("hostile cost") << QString(foreignHash).replace(4, 2, u"31"_s);
    QTest::newRow("foreign letters") << QString(foreignHash).replace(20, 1, u"\u0430"_s);
    QTest::newRow("a megabyte") << QString(1 << 20, u'$');
}

void TestPasswordHasher::verify_refusesUnknownFormats()
{
    QFETCH(QString, encoded);
    QVERIFY(!PasswordHasher::isSupported(encoded));
    const auto fits = PasswordHasher(quickArgon2).verify(u"password", encoded);
    QVERIFY(!fits);
    QCOMPARE(fits.error().code, ErrorCode::CryptoFailure);
    QVERIFY(PasswordHasher(quickArgon2).needsUpgrade(encoded));
}

void TestPasswordHasher::nobodysHash_costsWhatAWrongPasswordCosts_data()
{
    QTest::addColumn<bool>("useBcrypt");
    QTest::addColumn<QString>("password");
    for (const bool useBcrypt : {false, true}) {
        QTest::addRow("%s, plain", useBcrypt ? "bcrypt" : "argon2id") << useBcrypt << u"password"_s;
        QTest::addRow("%s, tried in two spellings", useBcrypt ? "bcrypt" : "argon2id") << useBcrypt << decomposed;
        QTest::addRow("%s, with NUL", useBcrypt ? "bcrypt" : "argon2id") << useBcrypt << u"ab"_s + QChar(0);
        QTest::addRow("%s, 1024 bytes", useBcrypt ? "bcrypt" : "argon2id") << useBcrypt << QString(1024, u'x');
        QTest::addRow("%s, growing in NFC", useBcrypt ? "bcrypt" : "argon2id") << useBcrypt << u"\U0001D160"_s.repeated(30);
    }
}

void TestPasswordHasher::nobodysHash_costsWhatAWrongPasswordCosts()
{
    QFETCH(bool, useBcrypt);
    QFETCH(QString, password);
    const PasswordHasher hasher(useBcrypt ? HashingPolicy {.algorithm = Algorithm::Bcrypt, .bcryptCost = 6}
                                          : HashingPolicy {.memoryKib = 2048});
    const QString encoded = hasher.hash(u"another").value();
    double wrong = 1e9;
    double nobody = 1e9;
    for (int i = 0; i < 21; ++i) { // by turns: a neighbour on this machine slows both
        wrong = std::min(wrong, costOf([&] { QVERIFY(!hasher.verify(password, encoded).value()); }));
        nobody = std::min(nobody, costOf([&] { (void)hasher.verify(password, hasher.hashOfNobody()); }));
    }
    // Not a speed but a likeness: what is hashed once too often or too seldom shows as a factor of two or more.
    QVERIFY2(nobody > wrong / 1.6 && nobody < wrong * 1.6, qPrintable(u"%1 against %2"_s.arg(nobody).arg(wrong)));
}

void TestPasswordHasher::needsUpgrade_data()
{
    const QString tail = u"$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s;
    QTest::addColumn<bool>("useBcrypt");
    QTest::addColumn<QString>("encoded");
    QTest::addColumn<bool>("needed");
    QTest::newRow("as the policy says") << false << u"$argon2id$v=19$m=19456,t=2,p=1"_s + tail << false;
    QTest::newRow("stronger") << false << u"$argon2id$v=19$m=65536,t=3,p=4"_s + tail << false;
    QTest::newRow("less memory") << false << u"$argon2id$v=19$m=19455,t=2,p=1"_s + tail << true;
    QTest::newRow("fewer rounds") << false << u"$argon2id$v=19$m=19456,t=1,p=1"_s + tail << true;
    QTest::newRow("old version") << false << u"$argon2id$v=16$m=19456,t=2,p=1"_s + tail << true;
    QTest::newRow("argon2i") << false << u"$argon2i$v=19$m=19456,t=2,p=1"_s + tail << true;
    QTest::newRow("a tag of 12 bytes") << false << u"$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAAAA"_s << true;
    QTest::newRow("bcrypt") << false << foreignHash << true;
    const QString django = u"pbkdf2_sha256$9999999$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QTest::newRow("Django's") << false << django << true;
    QTest::newRow("Django's under bcrypt") << true << django << true;
    QTest::newRow("bcrypt under bcrypt") << true << QString(foreignHash).replace(4, 2, u"12"_s) << false;
    QTest::newRow("dearer bcrypt") << true << QString(foreignHash).replace(4, 2, u"13"_s) << false;
    QTest::newRow("cheaper bcrypt") << true << QString(foreignHash).replace(4, 2, u"11"_s) << true;
    QTest::newRow("argon2id under bcrypt") << true << u"$argon2id$v=19$m=19456,t=2,p=1"_s + tail << true;
}

void TestPasswordHasher::needsUpgrade()
{
    QFETCH(bool, useBcrypt);
    QFETCH(QString, encoded);
    HashingPolicy policy;
    policy.algorithm = useBcrypt ? Algorithm::Bcrypt : Algorithm::Argon2id;
    QTEST(PasswordHasher(policy).needsUpgrade(encoded), "needed");
}

void TestPasswordHasher::scheme_data()
{
    QTest::addColumn<QString>("encoded");
    QTest::addColumn<QString>("scheme");
    QTest::newRow("argon2id") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s << u"argon2id"_s;
    QTest::newRow("argon2i") << u"$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s << u"argon2i"_s;
    QTest::newRow("bcrypt") << foreignHash << u"bcrypt"_s;
    QTest::newRow("PBKDF2") << u"pbkdf2_sha256$1$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s << u"pbkdf2_sha256"_s;
    QTest::newRow("scrypt") << QString(32, u'0') + u':' + QString(128, u'0') << u"scrypt"_s;
    QTest::newRow("none") << u"garbage"_s << QString();
}

void TestPasswordHasher::scheme()
{
    QFETCH(QString, encoded);
    QTEST(PasswordHasher::schemeOf(encoded), "scheme");
}

QTEST_GUILESS_MAIN(TestPasswordHasher)
#include "TestPasswordHasher.moc"
