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

    void normalized_refusesLongRunsOfMarks()
    {
        QVERIFY(normalized(u"a"_s + QString(30, u'\u0301'), 100));
        QCOMPARE(normalized(u"a"_s + QString(31, u'\u0301'), 100), std::nullopt);
        QVERIFY(normalized((u"a"_s + QString(30, u'\u0301')).repeated(100), 10'000));
    }

    void fromUtf8_takesWholeTexts_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("good");
        QTest::newRow("empty") << ""_ba << true;
        QTest::newRow("letters") << "\xc3\xa4\xf0\x9f\x98\x80"_ba << true;
        QTest::newRow("byte order mark in front") << "\xef\xbb\xbfx"_ba << true;
        for (const char *cut : {"\xc3", "\xe9", "\xe2\x82", "\xf0\x9f\x98", "\xf0\x9f", "\xf0", "\xef\xbb"})
            QTest::addRow("cut after %s", QByteArray(cut).toHex().constData()) << "x"_ba + cut << false;
        QTest::newRow("cut inside") << "\xc3x"_ba << false;
        QTest::newRow("overlong") << "\xc0\xaf"_ba << false;
        QTest::newRow("surrogate") << "\xed\xa0\x80"_ba << false;
        QTest::newRow("beyond Unicode") << "\xf4\x90\x80\x80"_ba << false;
        QTest::newRow("Latin-1") << "gr\xfc\xdf"_ba << false;
    }

    void fromUtf8_takesWholeTexts()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, good);
        QCOMPARE(fromUtf8(bytes).has_value(), good);
        if (good)
            QCOMPARE(fromUtf8(bytes)->toUtf8(), bytes);
    }

    void isBlank_whereNothingShows_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("blank");
        QTest::newRow("empty") << QString() << true;
        QTest::newRow("blanks of all kinds") << u" \t\u00a0\u2003\u3000"_s << true;
        QTest::newRow("invisible characters") << u"\u200b\u2060\u3164\u115f\uffa0\u034f\ufe0f\U000e0100"_s << true;
        QTest::newRow("empty Braille") << u"\u2800\u2800"_s << true;
        QTest::newRow("a letter among them") << u"\u200bx"_s << false;
        QTest::newRow("Braille") << u"\u2801"_s << false;
    }

    void isBlank_whereNothingShows()
    {
        QFETCH(QString, text);
        QTEST(isBlank(text), "blank");
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
        QCOMPARE(searchKey(QString(511, u'a') + u"\U0001f434"_s), QString(511, u'a'));
        QCOMPARE(searchKey(QString(100'000, u'a')).size(), 512);
    }

    void shortened_leavesOutTheMiddle()
    {
        QCOMPARE(shortened(QString(200, u'x')), QString(200, u'x'));
        QCOMPARE(shortened(u"abcdefghij"_s, 9), u"abcdef … hij"_s);
        QCOMPARE(shortened(QString(120'000, u'x')).size(), 203);
        const QString horses = u"\U0001f434"_s.repeated(20);
        for (qsizetype most = 3; most < 40; ++most)
            QVERIFY(shortened(horses, most).isValidUtf16() && shortened(horses, most).size() <= most + 3);
        QCOMPARE(shortened(QString(), 0), QString());
    }

    void codePointCount_countsCharacters()
    {
        QCOMPARE(codePointCount(u"\U0001f511\U0001f40e"), 2);
        QCOMPARE(codePointCount(u"äöüß"), 4);
        QCOMPARE(codePointCount(u""), 0);
    }

    void columnCount_isATerminals_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("columns");
        QTest::newRow("nothing") << QString() << 0;
        QTest::newRow("letters") << u"Ann"_s << 3;
        QTest::newRow("ideographs") << u"漢字"_s << 4;
        QTest::newRow("wide letters") << u"\uff21"_s << 2;
        QTest::newRow("half-width letter") << u"\uff71"_s << 1;
        QTest::newRow("Hangul") << u"한"_s << 2;
        QTest::newRow("emoji") << u"\U0001f434!"_s << 3;
        QTest::newRow("accent of its own") << u"e\u0301"_s << 1;
        QTest::newRow("joiner") << u"a\u200db"_s << 2;
        QTest::newRow("Greek") << u"Ω"_s << 1;
    }

    void columnCount_isATerminals()
    {
        QFETCH(QString, text);
        QFETCH(int, columns);
        QCOMPARE(columnCount(text), columns);
    }

    void distance_countsLetters()
    {
        QCOMPARE(distance(u"user add", u"user ad"), 1);
        QCOMPARE(distance(u"useradd", u"user add"), 1);
        QCOMPARE(distance(u"", u"abc"), 3);
        QCOMPARE(distance(u"kitten", u"sitting"), 3);
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
