#include "core/crypto/Argon2.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestArgon2 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compute_matchesTheReference_data();
    void compute_matchesTheReference();
    void toString_isTheReferencesForm();
    void fromString_takesOtherLengths();
    void fromString_refuses_data();
    void fromString_refuses();
};

/// From the test program of the reference implementation (phc-winner-argon2, src/test.c). RFC 9106's own vectors need a
/// secret and associated data, which password hashes here do not have.
void TestArgon2::compute_matchesTheReference_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("encoded");
    QTest::newRow("id, 256 KiB") << "password"_ba
                                 << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s;
    QTest::newRow("id, two lanes") << "password"_ba
                                   << u"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"_s;
    QTest::newRow("id, 64 MiB") << "password"_ba
                                << u"$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"_s;
    QTest::newRow("i, 256 KiB") << "password"_ba
                                << u"$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$iekCn0Y3spW+sCcFanM2xBT63UP2sghkUoHLIUpWRS8"_s;
    QTest::newRow("i, of the old version") << "password"_ba
                                           << u"$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY"_s;
}

void TestArgon2::compute_matchesTheReference()
{
    QFETCH(QByteArray, password);
    QFETCH(QString, encoded);
    const auto hash = Argon2Hash::fromString(encoded);
    QVERIFY(hash);
    QCOMPARE(hash->compute(password), hash->tag);
    QVERIFY(hash->compute("Password") != hash->tag);
}

void TestArgon2::toString_isTheReferencesForm()
{
    const QString encoded = u"$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"_s;
    QCOMPARE(Argon2Hash::fromString(encoded).value().toString(), encoded);
    // Without `v=` it is version 16, and says so from then on.
    QCOMPARE(Argon2Hash::fromString(u"$argon2i$m=256,t=2,p=1$c29tZXNhbHQ$/U3YPXYsSb3q9XxHvc0MLxur+GP960kN9j7emXX8zwY").value().version, 16);
}

void TestArgon2::fromString_takesOtherLengths()
{
    // Debian's argon2-cffi writes tags of 16 bytes.
    const auto hash = Argon2Hash::fromString(u"$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAA");
    QVERIFY(hash);
    QCOMPARE(hash->salt.size(), 16);
    QCOMPARE(hash->compute("x").size(), 16);
    QCOMPARE(hash->compute("").size(), 16); // an empty password is wrong, not an accident
}

void TestArgon2::fromString_refuses_data()
{
    const QString salt = u"c29tZXNhbHQ"_s;
    const QString tag = u"nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4"_s;
    const auto row = [&](const char *name, const QString &head) { QTest::newRow(name) << head + u'$' + salt + u'$' + tag; };
    QTest::addColumn<QString>("encoded");
    QTest::newRow("nothing") << QString();
    row("argon2d", u"$argon2d$v=19$m=256,t=2,p=1"_s);
    row("in capitals", u"$Argon2id$v=19$m=256,t=2,p=1"_s);
    row("another version", u"$argon2id$v=18$m=256,t=2,p=1"_s);
    row("above 1 GiB", u"$argon2id$v=19$m=1048577,t=2,p=1"_s);
    row("memory beyond a number", u"$argon2id$v=19$m=4294967552,t=2,p=1"_s);
    row("21 rounds", u"$argon2id$v=19$m=256,t=21,p=1"_s);
    row("17 lanes", u"$argon2id$v=19$m=256,t=2,p=17"_s);
    row("no rounds", u"$argon2id$v=19$m=256,t=0,p=1"_s);
    row("no lanes", u"$argon2id$v=19$m=256,t=2,p=0"_s);
    row("less than 8 KiB a lane", u"$argon2id$v=19$m=31,t=2,p=4"_s);
    row("a negative number", u"$argon2id$v=19$m=-256,t=2,p=1"_s);
    row("a sign", u"$argon2id$v=19$m=+256,t=2,p=1"_s);
    row("digits of another script", u"$argon2id$v=19$m=\u0662\u0665\u0666,t=2,p=1"_s);
    row("another order", u"$argon2id$v=19$t=2,m=256,p=1"_s);
    row("an unknown parameter", u"$argon2id$v=19$m=256,t=2,p=1,data=AAAA"_s);
    row("something before", u"x$argon2id$v=19$m=256,t=2,p=1"_s);
    QTest::newRow("no tag") << u"$argon2id$v=19$m=256,t=2,p=1$"_s + salt;
    QTest::newRow("a short salt") << u"$argon2id$v=19$m=256,t=2,p=1$AAAAAAAAA$"_s + tag;
    QTest::newRow("a short tag") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$AAAAAAAAAAAAAA"_s;
    QTest::newRow("a huge tag") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"_s + QString(4000, u'A');
    QTest::newRow("padding") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ==$"_s + tag;
    QTest::newRow("url alphabet") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"_s + QString(tag).replace(u'/', u'_');
    QTest::newRow("a line end behind") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"_s + tag + u'\n';
    QTest::newRow("NUL behind") << u"$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$"_s + tag + QChar(0);
}

void TestArgon2::fromString_refuses()
{
    QFETCH(QString, encoded);
    QVERIFY(!Argon2Hash::fromString(encoded));
}

QTEST_GUILESS_MAIN(TestArgon2)
#include "TestArgon2.moc"
