#include "core/crypto/CryptoLibraries.h"
#include "core/crypto/Primitives.h"

#include <QSet>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestPrimitives : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void sha256_matchesRfc6234_data();
    void sha256_matchesRfc6234();
    void hmac_matchesRfc4231_data();
    void hmac_matchesRfc4231();
    void hmac_takesAnEmptyKeyAndMessage();
    void hkdf_matchesRfc5869();
    void hkdf_separatesByInfoAndSize();
    void random_neverRepeats();
    void equal_comparesBytesAndLength_data();
    void equal_comparesBytesAndLength();

private:
    CryptoLibraries m_libraries;
};

void TestPrimitives::sha256_matchesRfc6234_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("nothing") << ""_ba << "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"_ba;
    QTest::newRow("test 1") << "abc"_ba << "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"_ba;
    QTest::newRow("test 2") << "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"_ba
                            << "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"_ba;
    QTest::newRow("test 3, a million a") << QByteArray(1'000'000, 'a')
                                         << "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"_ba;
}

void TestPrimitives::sha256_matchesRfc6234()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, digest);
    QCOMPARE(sha256(message).toHex(), digest);
}

void TestPrimitives::hmac_matchesRfc4231_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("mac");
    QTest::newRow("case 1") << QByteArray(20, '\x0b') << "Hi There"_ba
                            << "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"_ba;
    QTest::newRow("case 2") << "Jefe"_ba << "what do ya want for nothing?"_ba
                            << "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"_ba;
    QTest::newRow("case 3") << QByteArray(20, '\xaa') << QByteArray(50, '\xdd')
                            << "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"_ba;
    QTest::newRow("case 4") << QByteArray::fromHex("0102030405060708090a0b0c0d0e0f10111213141516171819") << QByteArray(50, '\xcd')
                            << "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"_ba;
    QTest::newRow("case 6, key longer than a block")
        << QByteArray(131, '\xaa') << "Test Using Larger Than Block-Size Key - Hash Key First"_ba
        << "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"_ba;
    QTest::newRow("case 7, both long") << QByteArray(131, '\xaa')
                                       << "This is a test using a larger than block-size key and a larger than block-size data. "
                                          "The key needs to be hashed before being used by the HMAC algorithm."_ba
                                       << "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"_ba;
}

void TestPrimitives::hmac_matchesRfc4231()
{
    QFETCH(QByteArray, key);
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, mac);
    QCOMPARE(hmacSha256(key, message).toHex(), mac);
}

void TestPrimitives::hmac_takesAnEmptyKeyAndMessage()
{
    QCOMPARE(hmacSha256({}, {}).toHex(), "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"_ba);
}

void TestPrimitives::hkdf_matchesRfc5869()
{
    // Appendix A.3: the one case with SHA-256 and neither salt nor info.
    QCOMPARE(hkdfSha256(QByteArray(22, '\x0b'), {}, 42).toHex(),
             "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8"_ba);
}

void TestPrimitives::hkdf_separatesByInfoAndSize()
{
    const QByteArray key(32, 'k');
    QVERIFY(hkdfSha256(key, "one", 32) != hkdfSha256(key, "two", 32));
    QCOMPARE(hkdfSha256(key, "one", 8), hkdfSha256(key, "one", 32).first(8));
}

void TestPrimitives::random_neverRepeats()
{
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        const QByteArray bytes = randomBytes(16);
        QCOMPARE(bytes.size(), 16);
        seen.insert(bytes);
    }
    QCOMPARE(seen.size(), 1000);
    QCOMPARE(randomBytes(0), QByteArray());
}

void TestPrimitives::equal_comparesBytesAndLength_data()
{
    QTest::addColumn<QByteArray>("left");
    QTest::addColumn<QByteArray>("right");
    QTest::addColumn<bool>("equal");
    QTest::newRow("the same") << "abc"_ba << "abc"_ba << true;
    QTest::newRow("first byte") << "abc"_ba << "xbc"_ba << false;
    QTest::newRow("last byte") << "abc"_ba << "abx"_ba << false;
    QTest::newRow("a prefix") << "abc"_ba << "ab"_ba << false;
    QTest::newRow("longer by NUL") << "abc"_ba << "abc\0"_ba << false;
    QTest::newRow("behind NUL") << "a\0b"_ba << "a\0c"_ba << false;
    QTest::newRow("nothing") << QByteArray() << ""_ba << true;
}

void TestPrimitives::equal_comparesBytesAndLength()
{
    QFETCH(QByteArray, left);
    QFETCH(QByteArray, right);
    QTEST(equalInConstantTime(left, right), "equal");
}

QTEST_GUILESS_MAIN(TestPrimitives)
#include "TestPrimitives.moc"
