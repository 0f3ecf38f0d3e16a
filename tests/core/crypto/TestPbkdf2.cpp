#include "core/crypto/Pbkdf2.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestPbkdf2 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void compute_givesPublishedTags_data();
    void compute_givesPublishedTags();
    void fromString_refuses_data();
    void fromString_refuses();
};

void TestPbkdf2::compute_givesPublishedTags_data()
{
    QTest::addColumn<QByteArray>("password");
    QTest::addColumn<QString>("encoded");
    // RFC 7914 §11; of its 64 bytes the first 32, which are a block of their own.
    QTest::newRow("RFC 7914, once") << "passwd"_ba << u"pbkdf2_sha256$1$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QTest::newRow("RFC 7914, 80000 times") << "Password"_ba << u"pbkdf2_sha256$80000$NaCl$TdzY9guYviGDDO5e8icB+WQaRBjQTAQUrv8Ih2s0q1Y="_s;
    // Made with Python: hashlib.pbkdf2_hmac('sha256', …), which is what Django calls.
    QTest::newRow("Django's own words") << "lètmein"_ba << u"pbkdf2_sha256$480000$seasalt$G4ja8YRtfnNyEx4Ii2pbFMp/l8s4nnbMdJ+Fob/qNK8="_s;
    QTest::newRow("Django 4.2") << "password"_ba << u"pbkdf2_sha256$600000$seasalt$FGmRuuHxW9M/dotzlqj+7MQMh6PO8HizVyHVdH8uf1I="_s;
    QTest::newRow("a salt of 22 letters") << "correct horse battery"_ba
                                          << u"pbkdf2_sha256$1000$rpGJNGEhJkZdq17v6Buqf2$5atuCwwAeLQwVF+NGNj6H6Z5a9o9fD57xDGY2rLeAW0="_s;
}

void TestPbkdf2::compute_givesPublishedTags()
{
    QFETCH(const QByteArray, password);
    QFETCH(const QString, encoded);
    const auto hash = Pbkdf2Hash::fromString(encoded);
    QVERIFY(hash);
    QCOMPARE(hash->compute(password), hash->tag);
    QVERIFY(hash->compute(password + 'x') != hash->tag);
    QCOMPARE(hash->compute({}).size(), hash->tag.size());
}

void TestPbkdf2::fromString_refuses_data()
{
    const QString tag = u"VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QTest::addColumn<QString>("encoded");
    const auto row = [&](const char *name, const QString &iterations, const QString &salt, const QString &last) {
        QTest::newRow(name) << u"pbkdf2_sha256$%1$%2$%3"_s.arg(iterations, salt, last);
    };
    row("2^31 iterations", u"2147483648"_s, u"salt"_s, tag);
    row("2^64 iterations", u"18446744073709551616"_s, u"salt"_s, tag);
    row("one more than ten million", u"10000001"_s, u"salt"_s, tag);
    row("no iteration", u"0"_s, u"salt"_s, tag);
    row("less than none", u"-1"_s, u"salt"_s, tag);
    row("digits of another script", u"\u0661\u0662"_s, u"salt"_s, tag);
    row("no salt", u"1"_s, {}, tag);
    row("a long salt", u"1"_s, QString(129, u's'), tag);
    row("a salt beyond ASCII", u"1"_s, u"sält"_s, tag);
    row("a salt with NUL", u"1"_s, u"sa"_s + QChar(0) + u"lt"_s, tag);
    row("no tag", u"1"_s, u"salt"_s, {});
    row("a tag that is not base64", u"1"_s, u"salt"_s, u"*"_s + tag.sliced(1));
    row("a short tag", u"1"_s, u"salt"_s, tag.sliced(4));
    row("a tag in hexadecimal digits", u"1"_s, u"salt"_s, QString(64, u'a'));
    row("a line end behind it", u"1"_s, u"salt"_s, tag + u'\n');
    row("more behind it", u"1"_s, u"salt"_s, tag + u"$x"_s);
    QTest::newRow("SHA-1") << u"pbkdf2_sha1$1$salt$VawEblbjCJ/sFpHCJUS2BflBhSFt3gRl5oudV8INrLw="_s;
    QTest::newRow("nothing") << QString();
    QTest::newRow("a megabyte") << u"pbkdf2_sha256$1$"_s + QString(1 << 20, u's');
}

void TestPbkdf2::fromString_refuses()
{
    QFETCH(const QString, encoded);
    QVERIFY(!Pbkdf2Hash::fromString(encoded));
}

QTEST_GUILESS_MAIN(TestPbkdf2)
#include "TestPbkdf2.moc"
