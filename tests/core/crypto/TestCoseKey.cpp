#include "core/crypto/CoseKey.h"
#include "core/crypto/CryptoLibraries.h"
#include "tests/support/SoftAuthenticator.h"

#include <QCborMap>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::test;

class TestCoseKey : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void key_verifiesWhatItSigned_data() { everyAlgorithm(); }
    void key_verifiesWhatItSigned();
    void key_ofAnotherAlgorithm_isRefused_data() { everyAlgorithm(); }
    void key_ofAnotherAlgorithm_isRefused();
    void badKey_isRefused_data();
    void badKey_isRefused();
    void whatFollows_isTheCallers();

private:
    static void everyAlgorithm();
    CryptoLibraries m_libraries;
};

static const QList<CoseAlgorithm> algorithms {CoseAlgorithm::ES256, CoseAlgorithm::ES384, CoseAlgorithm::ES512,
                                              CoseAlgorithm::EdDSA, CoseAlgorithm::Ed448, CoseAlgorithm::RS256};

static QCborMap changed(const QByteArray &key, int label, const QCborValue &value)
{
    QCborMap map = QCborValue::fromCbor(key).toMap();
    if (value.isUndefined())
        map.remove(qint64(label));
    else
        map.insert(label, value);
    return map;
}

void TestCoseKey::everyAlgorithm()
{
    QTest::addColumn<CoseAlgorithm>("algorithm");
    for (const CoseAlgorithm each : algorithms)
        QTest::addRow("%d", int(each)) << each;
}

void TestCoseKey::key_verifiesWhatItSigned()
{
    QFETCH(CoseAlgorithm, algorithm);
    const SoftAuthenticator authenticator(algorithm);
    const QByteArray signature = authenticator.sign("message");
    const auto key = CoseKey::first(authenticator.coseKey());
    QVERIFY2(key, key ? "" : qPrintable(key.error().detail));
    QCOMPARE(key->algorithm(), algorithm);
    QCOMPARE(key->size(), authenticator.coseKey().size());
    QVERIFY(key->verify("message", signature));
    QVERIFY(!key->verify("massage", signature));
    QVERIFY(!key->verify("message", {}));
    QVERIFY(!key->verify("message", signature + '\0'));
    QVERIFY(!key->verify("message", signature.first(signature.size() - 1)));
    QVERIFY(!key->verify("message", QByteArray(4096, 'x')));
    QVERIFY(!key->verify("message", SoftAuthenticator(algorithm).sign("message")));
    for (qsizetype i = 0; i < signature.size(); ++i) {
        QByteArray damaged = signature;
        damaged[i] = char(damaged[i] ^ 1);
        QVERIFY2(!key->verify("message", damaged), QByteArray::number(i));
    }
}

/// OpenSSL, given no digest, takes an EC key's default one: an EC key that says EdDSA would verify.
void TestCoseKey::key_ofAnotherAlgorithm_isRefused()
{
    QFETCH(CoseAlgorithm, algorithm);
    const QByteArray key = SoftAuthenticator(algorithm).coseKey();
    for (const CoseAlgorithm other : algorithms) {
        if (other != algorithm)
            QVERIFY2(!CoseKey::first(QCborValue(changed(key, 3, int(other))).toCbor()), QByteArray::number(int(other)));
    }
}

void TestCoseKey::badKey_isRefused_data()
{
    QTest::addColumn<QByteArray>("key");
    const QByteArray ec = SoftAuthenticator(CoseAlgorithm::ES256).coseKey();
    const QByteArray ed = SoftAuthenticator(CoseAlgorithm::EdDSA).coseKey();
    const QByteArray rsa = SoftAuthenticator(CoseAlgorithm::RS256).coseKey();
    const auto row = [](const char *name, const QByteArray &key, int label, const QCborValue &value) {
        QTest::newRow(name) << QCborValue(changed(key, label, value)).toCbor();
    };
    const QCborValue none {QCborValue::Undefined};
    const QByteArray n = QCborValue::fromCbor(rsa).toMap().value(-1).toByteArray();
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no map") << QByteArray("\x80");
    QTest::newRow("cut") << ec.first(ec.size() - 1);
    row("no kty", ec, 1, none);
    row("another kty", ec, 1, 3);
    row("kty as text", ec, 1, u"2"_s);
    row("no alg", ec, 3, none);
    row("alg as text", ec, 3, u"-7"_s);
    row("alg of nobody", ec, 3, -65535);
    row("alg beyond an int", ec, 3, (qint64(1) << 32) - 7);
    row("no curve", ec, -1, none);
    row("another curve", ec, -1, 2);
    row("secp256k1", ec, -1, 8);
    row("no x", ec, -2, none);
    row("x as text", ec, -2, QString(32, u'x'));
    row("a point off the curve", ec, -2, QByteArray(32, '\1'));
    row("zeros", ec, -2, QByteArray(32, '\0'));
    row("x too short", ec, -2, QByteArray(31, '\1'));
    row("x too long", ec, -2, QByteArray(33, '\1'));
    row("compressed", ec, -3, true);
    row("Ed25519 as X25519", ed, -1, 4);
    row("Ed25519 too long", ed, -2, QByteArray(33, '\1'));
    row("no modulus", rsa, -1, none);
    row("an even modulus", rsa, -1, n.first(n.size() - 1) + '\2');
    row("RSA of 2040 bits", rsa, -1, n.first(255));
    row("RSA of 8200 bits", rsa, -1, QByteArray(1025, '\xff'));
    row("no exponent", rsa, -2, none);
    row("exponent 1", rsa, -2, QByteArray("\1"));
    row("an even exponent", rsa, -2, QByteArray("\1\0\2", 3));
    row("an exponent of 40 bits", rsa, -2, QByteArray("\1\1\1\1\1"));
}

void TestCoseKey::badKey_isRefused()
{
    QFETCH(QByteArray, key);
    const auto read = CoseKey::first(key);
    QVERIFY(!read);
    QCOMPARE(read.error().code, ErrorCode::InvalidInput);
}

void TestCoseKey::whatFollows_isTheCallers()
{
    const QByteArray key = SoftAuthenticator().coseKey();
    const auto read = CoseKey::first(key + "more");
    QVERIFY(read);
    QCOMPARE(read->size(), key.size());
}

QTEST_GUILESS_MAIN(TestCoseKey)
#include "TestCoseKey.moc"
