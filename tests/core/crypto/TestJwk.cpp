#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Jwk.h"
#include "tests/core/crypto/Vectors.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestJwk : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void thumbprint_matchesPublishedOnes_data();
    void thumbprint_matchesPublishedOnes();

private:
    CryptoLibraries m_libraries;
};

void TestJwk::thumbprint_matchesPublishedOnes_data()
{
    QTest::addColumn<QJsonObject>("jwk");
    QTest::addColumn<QString>("thumbprint");
    QTest::newRow("RFC 7638 3.1, RSA") << vectors::rfc7638Key << u"NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs"_s;
    QTest::newRow("RFC 8037 A.3, Ed25519") << vectors::rfc8037Key << u"kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"_s;
}

void TestJwk::thumbprint_matchesPublishedOnes()
{
    QFETCH(QJsonObject, jwk);
    QFETCH(QString, thumbprint);
    QCOMPARE(jwkThumbprint(jwk), thumbprint);
}

QTEST_GUILESS_MAIN(TestJwk)
#include "TestJwk.moc"
