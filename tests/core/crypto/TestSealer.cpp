#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Sealer.h"

#include <QSet>
#include <QTest>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace warder;

namespace {

SecretBytes masterKey(char first = 0)
{
    QByteArray bytes(32, '\0');
    std::ranges::generate(bytes, [next = first]() mutable { return next++; });
    return SecretBytes(bytes);
}

constexpr QByteArrayView purpose("warder/keyring/v1");
constexpr QByteArrayView context("signing_keys|7|secret");

} // namespace

class TestSealer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void seal_opensAgain_data();
    void seal_opensAgain();
    void seal_neverRepeatsItself();
    void open_readsAForeignImplementation();
    void open_goesByTheVersionOfTheKey();
    void open_refusesElsewhere_data();
    void open_refusesElsewhere();
    void open_refusesEveryFlippedBit();
    void open_refusesEveryTruncation();

private:
    CryptoLibraries m_libraries;
    const SealingKeys m_keys {{.key = masterKey()}};
    const Sealer m_sealer {m_keys, purpose};
};

void TestSealer::seal_opensAgain_data()
{
    QTest::addColumn<QByteArray>("plain");
    QTest::addColumn<QByteArray>("given");
    QTest::newRow("a key") << QByteArray(138, 'k') << context.toByteArray();
    QTest::newRow("nothing") << QByteArray() << context.toByteArray();
    QTest::newRow("without a context") << "secret"_ba << QByteArray();
    QTest::newRow("nothing, nowhere") << QByteArray() << QByteArray();
    QTest::newRow("with NUL") << "a\0b"_ba << "c\0d"_ba;
    QTest::newRow("a megabyte") << QByteArray(1 << 20, 'x') << context.toByteArray();
}

void TestSealer::seal_opensAgain()
{
    QFETCH(QByteArray, plain);
    QFETCH(QByteArray, given);
    const QByteArray sealed = m_sealer.seal(plain, given);
    QCOMPARE(sealed.size(), 1 + 4 + 12 + plain.size() + 16);
    const auto opened = m_sealer.open(sealed, given);
    QVERIFY(opened);
    QCOMPARE(opened->view().toByteArray(), plain);
}

void TestSealer::seal_neverRepeatsItself()
{
    QSet<QByteArray> nonces;
    for (int i = 0; i < 200; ++i)
        nonces.insert(m_sealer.seal("secret", context).sliced(5, 12));
    QCOMPARE(nonces.size(), 200);
}

void TestSealer::open_readsAForeignImplementation()
{
    // Made by Python's `cryptography` (HKDF, AESGCM): what is in people's databases must open for ever.
    const auto sealed = QByteArray::fromHex("016465666768696a6b6c6d6e6f40d3466b7f9c6145ffe9efdbb05e3cdbd515b9d0373391840044a1b8bb");
    const auto opened = m_sealer.open(sealed, context);
    QVERIFY(opened);
    QCOMPARE(opened->view(), "a signing key"_ba);
}

void TestSealer::open_goesByTheVersionOfTheKey()
{
    SealingKeys keys({.key = masterKey(), .version = 7});
    const Sealer sealer(keys, purpose);
    const QByteArray former = sealer.seal("secret", context);
    const VersionedKey next {.key = masterKey('\1'), .version = 8};
    QVERIFY(!sealer.open(sealer.sealUnder(next, "secret", context), context));
    keys.expect(next);
    const QByteArray coming = sealer.sealUnder(next, "secret", context);
    QVERIFY(sealer.open(former, context) && sealer.open(coming, context)); // both, while everything is sealed anew
    QCOMPARE(sealer.seal("secret", context).first(5).toHex(), "0200000007"_ba);
    keys.forget();
    QVERIFY(sealer.open(former, context) && !sealer.open(coming, context));
    keys.expect(next);
    keys.advance();
    QVERIFY(!sealer.open(former, context) && sealer.open(coming, context));
    QVERIFY(sealer.open(former, context).error().detail.contains(u"master key 7"));
    QByteArray forged = coming; // the version is bound, too
    forged[4] = 7;
    keys.expect({.key = next.key, .version = 7});
    QVERIFY(!sealer.open(forged, context));
}

void TestSealer::open_refusesElsewhere_data()
{
    QTest::addColumn<char>("firstKeyByte");
    QTest::addColumn<QByteArray>("otherPurpose");
    QTest::addColumn<QByteArray>("otherContext");
    QTest::newRow("another row") << '\0' << purpose.toByteArray() << "signing_keys|8|secret"_ba;
    QTest::newRow("another column") << '\0' << purpose.toByteArray() << "signing_keys|7|other"_ba;
    QTest::newRow("another table") << '\0' << purpose.toByteArray() << "totp_seeds|7|secret"_ba;
    QTest::newRow("a shorter context") << '\0' << purpose.toByteArray() << "signing_keys|7|secre"_ba;
    QTest::newRow("no context") << '\0' << purpose.toByteArray() << QByteArray();
    QTest::newRow("another purpose") << '\0' << "warder/totp/v1"_ba << context.toByteArray();
    QTest::newRow("another master key") << '\1' << purpose.toByteArray() << context.toByteArray();
}

void TestSealer::open_refusesElsewhere()
{
    QFETCH(char, firstKeyByte);
    QFETCH(QByteArray, otherPurpose);
    QFETCH(QByteArray, otherContext);
    const SealingKeys otherKeys({.key = masterKey(firstKeyByte)});
    const auto opened = Sealer(otherKeys, otherPurpose).open(m_sealer.seal("secret", context), otherContext);
    QVERIFY(!opened);
    QCOMPARE(opened.error().code, ErrorCode::CryptoFailure);
}

void TestSealer::open_refusesEveryFlippedBit()
{
    const QByteArray sealed = m_sealer.seal("secret", context);
    for (qsizetype bit = 0; bit < sealed.size() * 8; ++bit) {
        QByteArray changed = sealed;
        changed[bit / 8] = char(changed[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!m_sealer.open(changed, context), qPrintable(QString::number(bit)));
    }
}

void TestSealer::open_refusesEveryTruncation()
{
    const QByteArray sealed = m_sealer.seal("secret", context);
    for (qsizetype size = 0; size < sealed.size(); ++size) {
        QVERIFY(!m_sealer.open(sealed.first(size), context));
        QVERIFY(!m_sealer.open(sealed.last(size), context));
    }
    QVERIFY(!m_sealer.open(sealed + '\0', context));
    QVERIFY(!m_sealer.open({}, context));
}

QTEST_GUILESS_MAIN(TestSealer)
#include "TestSealer.moc"
