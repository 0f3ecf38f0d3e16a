#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Jwt.h"
#include "core/crypto/PasswordHasher.h"
#include "core/crypto/Primitives.h"
#include "core/crypto/Sealer.h"

#include <QTest>

#include <atomic>
#include <barrier>
#include <thread>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

constexpr int threadCount = 4;

/// Runs `work` on several threads that start together; how often it said no.
template <typename Work>
int failuresOf(Work work)
{
    std::atomic<int> failures = 0;
    std::barrier start(threadCount);
    {
        std::vector<std::jthread> threads;
        for (int number = 0; number < threadCount; ++number) {
            threads.emplace_back([&, number] {
                start.arrive_and_wait();
                for (int round = 0; round < 30; ++round) {
                    if (!work(number, round))
                        ++failures;
                }
            });
        }
    }
    return failures;
}

} // namespace

/// One object, many threads: what the headers of this room promise. Runs under TSan too.
class TestCryptoThreads : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void oneKey_signsAndVerifiesEverywhere_data();
    void oneKey_signsAndVerifiesEverywhere();
    void oneSealer_sealsAndOpensEverywhere();
    void oneHasher_hashesEverywhere_data();
    void oneHasher_hashesEverywhere();
    void primitives_answerAlikeEverywhere();

private:
    CryptoLibraries m_libraries;
};

void TestCryptoThreads::oneKey_signsAndVerifiesEverywhere_data()
{
    QTest::addColumn<SignatureAlgorithm>("algorithm");
    for (const auto algorithm : {SignatureAlgorithm::ES256, SignatureAlgorithm::EdDSA, SignatureAlgorithm::RS256, SignatureAlgorithm::PS256,
                                 SignatureAlgorithm::HS256})
        QTest::newRow(nameOf(algorithm).toLatin1().constData()) << algorithm;
}

void TestCryptoThreads::oneKey_signsAndVerifiesEverywhere()
{
    QFETCH(SignatureAlgorithm, algorithm);
    const auto key = KeyMaterial::generate(algorithm).value();
    const auto print = key->thumbprint();
    const int failures = failuresOf([&](int number, int round) {
        const QByteArray token = signJwt(jwtType::accessToken, {{u"sub"_s, number}, {u"round"_s, round}}, u"k"_s, *key);
        const auto jwt = parseJwt(token);
        return jwt && jwt->claims.value("sub"_L1).toInt(-1) == number && isSignedBy(*jwt, *key) && key->thumbprint() == print
               && !key->toPrivate().isEmpty();
    });
    QCOMPARE(failures, 0);
}

void TestCryptoThreads::oneSealer_sealsAndOpensEverywhere()
{
    const SealingKeys keys({.key = SecretBytes(QByteArray(32, 'k'))});
    const Sealer sealer(keys, "warder/test");
    const int failures = failuresOf([&](int number, int round) {
        const QByteArray plain = QByteArray::number(number) + '/' + QByteArray::number(round);
        const auto opened = sealer.open(sealer.seal(plain, "here"), "here");
        return opened && opened->view() == plain;
    });
    QCOMPARE(failures, 0);
}

void TestCryptoThreads::oneHasher_hashesEverywhere_data()
{
    QTest::addColumn<bool>("useBcrypt");
    QTest::newRow("argon2id") << false;
    QTest::newRow("bcrypt") << true;
}

void TestCryptoThreads::oneHasher_hashesEverywhere()
{
    QFETCH(bool, useBcrypt);
    using enum HashingPolicy::Algorithm;
    const PasswordHasher hasher({.algorithm = useBcrypt ? Bcrypt : Argon2id, .memoryKib = 64, .iterations = 1, .bcryptCost = 4});
    const int failures = failuresOf([&](int number, int round) {
        const QString password = u"%1/%2"_s.arg(number).arg(round);
        const auto encoded = hasher.hash(password);
        return encoded && hasher.verify(password, *encoded).value_or(false) && !hasher.verify(u"another", *encoded).value_or(true);
    });
    QCOMPARE(failures, 0);
}

void TestCryptoThreads::primitives_answerAlikeEverywhere()
{
    const QByteArray digest = sha256("abc");
    const QByteArray mac = hmacSha256("key", "abc");
    const QByteArray derived = hkdfSha256("key", "use", 32);
    const int failures = failuresOf([&](int, int) {
        return sha256("abc") == digest && hmacSha256("key", "abc") == mac && hkdfSha256("key", "use", 32) == derived
               && randomBytes(16) != randomBytes(16);
    });
    QCOMPARE(failures, 0);
}

QTEST_GUILESS_MAIN(TestCryptoThreads)
#include "TestCryptoThreads.moc"
