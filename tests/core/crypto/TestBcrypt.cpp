#include "core/crypto/Bcrypt.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestBcrypt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void fits_matchesPublishedHashes_data();
    void fits_matchesPublishedHashes();
    void fits_looksAt72Bytes();
    void fits_takesPaddingThatOthersSet_data();
    void fits_takesPaddingThatOthersSet();
    void fits_neverTakesNul();
    void isBcrypt_refuses_data();
    void isBcrypt_refuses();
    void bcrypt_makesWhatFits();
    void bcrypt_refusesImpossibleCosts();
};

/// From the tests of Openwall's crypt_blowfish (wrapper.c) and of jBCrypt.
void TestBcrypt::fits_matchesPublishedHashes_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("jBCrypt, nothing") << ""_ba << "$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s."_ba;
    QTest::newRow("jBCrypt, a") << "a"_ba << "$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe"_ba;
    QTest::newRow("jBCrypt, abc") << "abc"_ba << "$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i"_ba;
    QTest::newRow("U*U") << "U*U"_ba << "$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW"_ba;
    QTest::newRow("U*U*") << "U*U*"_ba << "$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK"_ba;
    QTest::newRow("U*U*U") << "U*U*U"_ba << "$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a"_ba;
    QTest::newRow("longer than 72 bytes")
        << "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789chars after 72 are ignored"_ba
        << "$2a$05$abcdefghijklmnopqrstuu5s2v8.iXieOjg/.AySBTTZIIVFJeBui"_ba;
    QTest::newRow("2a, high bit") << "\xa3"_ba << "$2a$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"_ba;
    QTest::newRow("2b, high bit") << "\xa3"_ba << "$2b$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"_ba;
    QTest::newRow("2y, high bit") << "\xa3"_ba << "$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"_ba;
    QTest::newRow("high bits, long") << QByteArray(72, '\xaa') + "chars after 72 are ignored as usual"
                                     << "$2a$05$/OK.fbVrR/bpIqNJ5ianF.swQOIzjOiJ9GHEPuhEkvqrUyvWhEMx6"_ba;
}

void TestBcrypt::fits_matchesPublishedHashes()
{
    QFETCH(QByteArray, password);
    QFETCH(QByteArray, encoded);
    QVERIFY(isBcrypt(encoded));
    QCOMPARE(bcryptFits(password, encoded), std::optional(true));
    QCOMPARE(bcryptFits('x' + password, encoded), std::optional(false));
}

void TestBcrypt::fits_looksAt72Bytes()
{
    const QByteArray encoded = bcrypt(QByteArray(72, 'x'), 4);
    QCOMPARE(bcryptFits(QByteArray(71, 'x'), encoded), std::optional(false));
    QCOMPARE(bcryptFits(QByteArray(73, 'x'), encoded), std::optional(true));
    QCOMPARE(bcryptFits(QByteArray(1024, 'x'), encoded), std::optional(true)); // libxcrypt itself refuses above 511
    QCOMPARE(bcryptFits(QByteArray(71, 'x') + 'y', encoded), std::optional(false));
}

/// The four bits of the salt's last letter and the two of the checksum's that mean nothing, in every combination.
void TestBcrypt::fits_takesPaddingThatOthersSet_data()
{
    QTest::addColumn<QByteArray>("encoded");
    const QByteArray alphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    const QByteArray made = bcrypt("correct horse", 4);
    const auto salt = alphabet.indexOf(made[28]);
    const auto checksum = alphabet.indexOf(made[59]);
    for (int i = 0; i < 16; ++i)
        QTest::addRow("salt ends with %c", alphabet[salt + i]) << QByteArray(made).replace(28, 1, QByteArray(1, alphabet[salt + i]));
    for (int i = 0; i < 4; ++i)
        QTest::addRow("checksum ends with %c", alphabet[checksum + i])
            << QByteArray(made).replace(59, 1, QByteArray(1, alphabet[checksum + i]));
    QTest::newRow("both, as $2y$") << QByteArray(made)
                                          .replace(28, 1, QByteArray(1, alphabet[salt + 7]))
                                          .replace(59, 1, QByteArray(1, alphabet[checksum + 3]))
                                          .replace(2, 1, "y");
}

void TestBcrypt::fits_takesPaddingThatOthersSet()
{
    QFETCH(QByteArray, encoded);
    QVERIFY(isBcrypt(encoded));
    QCOMPARE(bcryptFits("correct horse", encoded), std::optional(true));
    QCOMPARE(bcryptFits("correct house", encoded), std::optional(false));
}

void TestBcrypt::fits_neverTakesNul()
{
    const QByteArray encoded = bcrypt("ab", 4);
    QCOMPARE(bcryptFits("ab"_ba, encoded), std::optional(true));
    QCOMPARE(bcryptFits("ab\0cd"_ba, encoded), std::optional(false));
    QCOMPARE(bcryptFits("ab\0"_ba, encoded), std::optional(false));
    QCOMPARE(bcryptFits(""_ba, encoded), std::optional(false));
}

void TestBcrypt::isBcrypt_refuses_data()
{
    const QByteArray good = "$2b$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq"_ba;
    QTest::addColumn<QByteArray>("encoded");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("what crypt takes for DES") << "garbage"_ba;
    QTest::newRow("DES of 60 characters") << QByteArray(60, 'a');
    QTest::newRow("MD5") << "$1$abcdefgh$0000000000000000000000"_ba;
    QTest::newRow("yescrypt") << "$y$j9T$F5Jx5fExrKuPp53xLKQ..1$X3DX6M94c7o.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7"_ba;
    QTest::newRow("2x, the sign bug") << QByteArray(good).replace(2, 1, "x");
    QTest::newRow("2, without a letter") << QByteArray(good).remove(2, 1) + 'q';
    QTest::newRow("cost 3") << QByteArray(good).replace(4, 2, "03");
    QTest::newRow("cost 18, a lane for half a minute") << QByteArray(good).replace(4, 2, "18");
    QTest::newRow("cost 31, a lane for days") << QByteArray(good).replace(4, 2, "31");
    QTest::newRow("cost with a sign") << QByteArray(good).replace(4, 2, "+5");
    QTest::newRow("cost with a blank") << QByteArray(good).replace(4, 2, " 5");
    QTest::newRow("cost in hex") << QByteArray(good).replace(4, 2, "0a");
    QTest::newRow("too short") << good.chopped(1);
    QTest::newRow("too long") << good + 'q';
    QTest::newRow("a line end") << good.chopped(1) + '\n';
    QTest::newRow("NUL inside") << QByteArray(good).replace(30, 1, QByteArray(1, '\0'));
    QTest::newRow("a plus") << QByteArray(good).replace(30, 1, "+");
    QTest::newRow("a dollar inside") << QByteArray(good).replace(30, 1, "$");
}

void TestBcrypt::isBcrypt_refuses()
{
    QFETCH(QByteArray, encoded);
    QVERIFY(!isBcrypt(encoded));
}

void TestBcrypt::bcrypt_makesWhatFits()
{
    const QByteArray encoded = bcrypt("password", 5);
    QVERIFY(isBcrypt(encoded) && encoded.startsWith("$2b$05$"));
    QCOMPARE(bcryptCostOf(encoded), 5);
    QCOMPARE(bcryptFits("password", encoded), std::optional(true));
    QVERIFY(bcrypt("password", 5) != encoded);
}

void TestBcrypt::bcrypt_refusesImpossibleCosts()
{
    QCOMPARE(bcrypt("password", 3), QByteArray());
    QCOMPARE(bcrypt("password", 32), QByteArray());
    QCOMPARE(bcrypt("password", -1), QByteArray());
}

QTEST_GUILESS_MAIN(TestBcrypt)
#include "TestBcrypt.moc"
