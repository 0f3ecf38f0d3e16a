#include "core/base/Text.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestText : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void normalized_composes_orRefusesWhatIsTooLong()
    {
        QCOMPARE(normalized(u"e\u0301", 2), u"\u00e9"_s);
        QCOMPARE(normalized(u"e\u0301x", 2), std::nullopt);
        QCOMPARE(normalized(u"", 0), QString());
    }

    void searchKey_isTheSame_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::newRow("Cyrillic capitals") << u"МАРИЯ ИВАНОВА"_s << u"мария иванова"_s;
        QTest::newRow("umlaut") << u"MÜLLER@EXAMPLE.COM"_s << u"müller@example.com"_s;
        QTest::newRow("decomposed") << u"cafe\u0301"_s << u"CAF\u00c9"_s;
        QTest::newRow("final sigma") << u"\u03a3\u0391\u03a3"_s << u"\u03c3\u03b1\u03c2"_s;
        QTest::newRow("sharp s") << u"Stra\u00dfe"_s << u"STRASSE"_s;
        QTest::newRow("wide letters") << u"\uff41nn"_s << u"ann"_s;
        QTest::newRow("invisible letter") << u"a\u200bnn"_s << u"ann"_s;
    }

    void searchKey_isTheSame()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QCOMPARE(searchKey(one), searchKey(other));
    }

    void searchKey_isBounded_atAWholeCharacter()
    {
        QCOMPARE(searchKey(QString(511, u'a') + u"\U0001f434"), QString(511, u'a'));
        QCOMPARE(searchKey(QString(100'000, u'a')).size(), 512);
    }

    void codePointCount_countsCharacters()
    {
        QCOMPARE(codePointCount(u"\U0001f511\U0001f40e"), 2);
        QCOMPARE(codePointCount(u"äöüß"), 4);
        QCOMPARE(codePointCount(u""), 0);
    }

    void character_isClassed_data()
    {
        QTest::addColumn<uint>("character");
        QTest::addColumn<bool>("ignorable");
        QTest::addColumn<bool>("plain");
        QTest::newRow("letter") << 0x61u << false << true;
        QTest::newRow("emoji") << 0x1f434u << false << true;
        QTest::newRow("grapheme joiner") << 0x34fu << true << true;
        QTest::newRow("Hangul filler") << 0x3164u << true << true;
        QTest::newRow("zero width space") << 0x200bu << true << true;
        QTest::newRow("right-to-left override") << 0x202eu << true << false;
        QTest::newRow("isolate") << 0x2066u << true << false;
        QTest::newRow("line separator") << 0x2028u << false << false;
        QTest::newRow("line feed") << 0x0au << false << false;
        QTest::newRow("private use") << 0xe000u << false << false;
        QTest::newRow("noncharacter") << 0xffffu << false << false;
        QTest::newRow("noncharacter at the end of a plane") << 0x1fffeu << false << false;
        QTest::newRow("byte order mark") << 0xfeffu << true << true;
    }

    void character_isClassed()
    {
        QFETCH(uint, character);
        QTEST(isIgnorable(character), "ignorable");
        QTEST(isPlain(character), "plain");
    }
};

QTEST_GUILESS_MAIN(TestText)
#include "TestText.moc"
