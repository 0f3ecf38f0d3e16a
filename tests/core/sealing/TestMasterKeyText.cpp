#include "core/crypto/CryptoLibraries.h"
#include "core/sealing/MasterKeyText.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;
using namespace warder::master_key_text;

class TestMasterKeyText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void exported_isTakenBack_data();
    void exported_isTakenBack();
    void everyMistypedCharacter_isNamed();
    void faults_areNamed_data();
    void faults_areNamed();

private:
    CryptoLibraries m_libraries;
    /// 0, 1, 2 … 31, whose check value others have computed, too (TestMasterKey).
    const QString m_good = u"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8= 8587-7295"_s;
};

void TestMasterKeyText::exported_isTakenBack_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("as it was") << m_good;
    QTest::newRow("with line ends") << m_good + u"\r\n"_s;
    QTest::newRow("in groups") << QString(m_good).insert(20, u' ').insert(10, u'\t');
    QTest::newRow("on two lines") << QString(m_good).replace(44, 1, u"\n"_s);
    QTest::newRow("the key alone, as in master.key") << m_good.first(44);
}

void TestMasterKeyText::exported_isTakenBack()
{
    QFETCH(QString, text);
    const auto key = imported(text);
    QVERIFY2(key, qPrintable(key.error().detail));
    QCOMPARE(exported(*key), m_good);
}

void TestMasterKeyText::everyMistypedCharacter_isNamed()
{
    for (qsizetype i = 0; i < 43; ++i) {
        QString text = m_good;
        text[i] = text[i] == u'x' ? u'y' : u'x';
        const auto key = imported(text);
        QVERIFY(!key || i == 42); // the last has two bits that mean nothing
        QVERIFY2(key || key.error().detail.contains(u"character %1 is mistyped"_s.arg(i + 1)), qPrintable(key.error().detail));
        QVERIFY(key || !key.error().detail.contains(text.first(44)));
    }
}

void TestMasterKeyText::faults_areNamed_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("fault");
    QTest::newRow("nothing") << u""_s << u"it has 0 characters"_s;
    QTest::newRow("a code alone") << u" 8587-7295"_s << u"it has 0 characters"_s;
    QTest::newRow("a character too few") << QString(m_good).remove(3, 1) << u"it has 43 characters, and not 44"_s;
    QTest::newRow("a character too many") << QString(m_good).insert(3, u'A') << u"it has 45 characters"_s;
    QTest::newRow("no base64") << QString(m_good).replace(6, 1, u"-"_s) << u"its character 7 is not one of"_s;
    QTest::newRow("letters of another script") << QString(m_good).replace(6, 1, u"а"_s) << u"its character 7 is not one of"_s;
    QTest::newRow("two mistyped") << QString(m_good).replace(0, 2, u"xy"_s) << u"more than one character is mistyped"_s;
    QTest::newRow("the code mistyped") << QString(m_good).replace(45, 1, u"9"_s) << u"or one of the code"_s;
    QTest::newRow("a megabyte") << QString(1 << 20, u'A') << u"too long"_s;
    QTest::newRow("padding in the middle") << QString(m_good).replace(6, 1, u"="_s) << u"its character 7"_s;
}

void TestMasterKeyText::faults_areNamed()
{
    QFETCH(QString, text);
    QFETCH(QString, fault);
    const auto key = imported(text);
    QVERIFY(!key);
    QCOMPARE(key.error().code, ErrorCode::InvalidInput);
    QVERIFY2(key.error().detail.contains(fault), qPrintable(key.error().detail));
}

QTEST_GUILESS_MAIN(TestMasterKeyText)
#include "TestMasterKeyText.moc"
