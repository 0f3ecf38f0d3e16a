#include "core/crypto/Scrypt.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

const QString scryptTag = u"/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWIurzDZLiKjiG/xCSedmDDaxyevuUqD7m2DYMvfoswGQA=="_s;
const QString signerKey = u"jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="_s;
const QString firebaseTag = u"lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=="_s;

} // namespace

class TestScrypt : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compute_givesPublishedTags_data();
    void compute_givesPublishedTags();
    void fromString_refuses_data();
    void fromString_refuses();
    void oddParameters_areComputed();
};

void TestScrypt::compute_givesPublishedTags_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("encoded");
    QTest::newRow("RFC 7914, 1024 8 16") << "password"_ba << u"scrypt$1024$NaCl$8$16$"_s + scryptTag;
    QTest::newRow("RFC 7914, 16384 8 1")
        << "pleaseletmein"_ba
        << u"scrypt$16384$SodiumChloride$8$1$cCO9yzr9c0hGHAbNgf046/2o+7qQT44+qbVD9lRdofLVQylVYT8Pz2LUlwUkKpr55h6F3A1lHkDfzwF7RVdYhw=="_s;
    QTest::newRow("Django's tests")
        << "lètmein"_ba
        << u"scrypt$16384$seasalt$8$1$Qj3+9PPyRjSJIebHnG81TMjsqtaIGxNQG/aEB/NYafTJ7tibgfYz71m0ldQESkXFRkdVCBhhY8mx7rQwite/Pw=="_s;
    QTest::newRow("the README of Firebase's scrypt")
        << "user1password"_ba << u"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=%1$42xEC+ixf3L2lw==$%2"_s.arg(signerKey, firebaseTag);
    QTest::newRow("Supabase's tests")
        << "mytestpassword"_ba
        << u"$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14"
           "J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$"
           "zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw=="_s;
    // Made with Python: hashlib.scrypt(…, salt=b'0011…', n=16384, r=16, p=1, dklen=64)
    QTest::newRow("Better Auth")
        << "correct horse battery"_ba
        << u"00112233445566778899aabbccddeeff:267a33c2ae63f1c2d542f84d50b7d87c68900c8b9475f6a47ade71cf44b234822e0a34af1d226572b5caf52809319d4c"
           "486f3d209cc2fd022fb53bb4eaeb35b1"_s;
}

void TestScrypt::compute_givesPublishedTags()
{
    QFETCH(const QByteArray, password);
    QFETCH(const QString, encoded);
    const auto hash = ScryptHash::fromString(encoded);
    QVERIFY(hash);
    QCOMPARE(hash->compute(password), hash->tag);
    QVERIFY(hash->compute(password + 'x') != hash->tag);
    QCOMPARE(hash->compute({}).size(), hash->tag.size());
}

void TestScrypt::fromString_refuses_data()
{
    QTest::addColumn<QString>("encoded");
    const auto django = [](const char *name, const QString &n, const QString &salt, const QString &r, const QString &p,
                           const QString &tag = scryptTag) {
        QTest::newRow(name) << QStringList {u"scrypt"_s, n, salt, r, p, tag}.join(u'$');
    };
    django("no power of two", u"16383"_s, u"salt"_s, u"8"_s, u"1"_s);
    django("N is 1", u"1"_s, u"salt"_s, u"8"_s, u"1"_s);
    django("N is 0", u"0"_s, u"salt"_s, u"8"_s, u"1"_s);
    django("N is 2^31", u"2147483648"_s, u"salt"_s, u"8"_s, u"1"_s);
    django("N is too large for so small a block", u"65536"_s, u"salt"_s, u"1"_s, u"1"_s);
    django("more than 1 GiB", u"1048576"_s, u"salt"_s, u"16"_s, u"1"_s);
    django("a block of 4 GiB", u"2"_s, u"salt"_s, u"33554432"_s, u"1"_s);
    django("hours of work", u"16384"_s, u"salt"_s, u"8"_s, u"9999"_s);
    django("no salt", u"16384"_s, {}, u"8"_s, u"1"_s);
    django("a salt beyond ASCII", u"16384"_s, u"sält"_s, u"8"_s, u"1"_s);
    django("no tag", u"16384"_s, u"salt"_s, u"8"_s, u"1"_s, {});
    django("a tag that is not base64", u"16384"_s, u"salt"_s, u"8"_s, u"1"_s, u'!' + scryptTag.sliced(1));
    django("a line end behind it", u"16384"_s, u"salt"_s, u"8"_s, u"1"_s, scryptTag + u'\n');

    const auto firebase = [](const char *name, const QString &parameters, const QString &key = signerKey,
                             const QString &salt = u"42xEC+ixf3L2lw=="_s, const QString &tag = firebaseTag) {
        QTest::newRow(name) << u"$fbscrypt$v=1,%1,sk=%2$%3$%4"_s.arg(parameters, key, salt, tag);
    };
    firebase("Firebase: N is 2^31", u"n=31,r=8,p=1,ss=Bw=="_s);
    firebase("Firebase: N is 2^99", u"n=99,r=8,p=1,ss=Bw=="_s);
    firebase("Firebase: N is 1", u"n=0,r=8,p=1,ss=Bw=="_s);
    firebase("Firebase: more than 1 GiB", u"n=21,r=8,p=1,ss=Bw=="_s);
    firebase("Firebase: no key", u"n=14,r=8,p=1,ss=Bw=="_s, {});
    firebase("Firebase: a key of another size", u"n=14,r=8,p=1,ss=Bw=="_s, signerKey.sliced(4));
    firebase("Firebase: a key that is not base64", u"n=14,r=8,p=1,ss=Bw=="_s, u'*' + signerKey.sliced(1));
    firebase("Firebase: no salt", u"n=14,r=8,p=1,ss=Bw=="_s, signerKey, {});
    firebase("Firebase: bad padding", u"n=14,r=8,p=1,ss=Bw="_s);
    firebase("Firebase: no tag", u"n=14,r=8,p=1,ss=Bw=="_s, signerKey, u"42xEC+ixf3L2lw=="_s, {});

    QTest::newRow("Better Auth: a short salt") << QString(30, u'0') + u':' + QString(128, u'0');
    QTest::newRow("Better Auth: a long tag") << QString(32, u'0') + u':' + QString(130, u'0');
    QTest::newRow("Better Auth: no digits") << QString(32, u'g') + u':' + QString(128, u'0');
    QTest::newRow("nothing") << QString();
    QTest::newRow("a megabyte") << u"scrypt$"_s + QString(1 << 20, u'1');
}

void TestScrypt::fromString_refuses()
{
    QFETCH(const QString, encoded);
    QVERIFY(!ScryptHash::fromString(encoded));
}

/// What is within the bounds can be computed: somebody who was imported is never told that the server failed.
void TestScrypt::oddParameters_areComputed()
{
    for (const QString &form : {u"scrypt$32768$salt$1$1$"_s, u"scrypt$2$salt$9999$1$"_s, u"scrypt$65536$salt$8$2$"_s}) {
        const auto hash = ScryptHash::fromString(form + scryptTag);
        QVERIFY2(hash, qPrintable(form));
        QCOMPARE(hash->compute("password").size(), 64);
    }
}

QTEST_GUILESS_MAIN(TestScrypt)
#include "TestScrypt.moc"
