#include "core/base/Bytes.h"
#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Jwt.h"
#include "tests/support/Algorithms.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What jose and PyJWT sign with a key that we have is good. foreign/record made tokens.json; the other way round is tests/backends'.
class TestForeignTokens : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void token_isGood_data();
    void token_isGood();
    void everyAlgorithm_isRecorded();

private:
    CryptoLibraries m_libraries;
};

static QJsonObject recorded()
{
    QFile file(QFINDTESTDATA("core/crypto/foreign/tokens.json"));
    return file.open(QFile::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestForeignTokens::token_isGood_data()
{
    QTest::addColumn<QString>("algorithm");
    QTest::addColumn<QByteArray>("token");
    for (const auto &each : recorded().value("tokens"_L1).toArray()) {
        const QString algorithm = each["algorithm"_L1].toString();
        if (fromName<SignatureAlgorithm>(algorithm))
            QTest::addRow("%s by %s", qPrintable(algorithm), qPrintable(each["by"_L1].toString()))
                << algorithm << each["token"_L1].toString().toLatin1();
    }
}

void TestForeignTokens::token_isGood()
{
    QFETCH(QString, algorithm);
    QFETCH(QByteArray, token);
    const QByteArray bytes = recorded()["keys"_L1][algorithm]["private"_L1].toString().toLatin1();
    const auto key = KeyMaterial::fromPrivate(fromName<SignatureAlgorithm>(algorithm).value(), SecretBytes(fromBase64Url(bytes).value()));
    const auto jwt = parseJwt(token);
    QVERIFY(key && jwt);
    QVERIFY(isSignedBy(*jwt, **key));
    QVERIFY(isOfType(*jwt, jwtType::accessToken));
    QCOMPARE(jwt->claims, recorded()["claims"_L1].toObject());
    QVERIFY(!isSignedBy(*jwt, *KeyMaterial::generate((*key)->algorithm()).value()));
}

void TestForeignTokens::everyAlgorithm_isRecorded()
{
    QStringList names;
    for (const auto &each : recorded().value("tokens"_L1).toArray())
        names += each["algorithm"_L1].toString();
    for (const SignatureAlgorithm algorithm : test::everyAlgorithm())
        QCOMPARE(names.count(nameOf(algorithm)), 2);
}

QTEST_GUILESS_MAIN(TestForeignTokens)
#include "TestForeignTokens.moc"
