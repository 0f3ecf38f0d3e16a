#include "core/credentials/PasswordFaults.h"

#include "core/credentials/PasswordGuesses.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// The shapes FastAPI's users know: type, message and context to the letter.
class TestPasswordFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void password_data();
    void password();
    void passwordFault_neverHoldsThePassword();
    void guess_isOfTheComposedForm();
};

void TestPasswordFaults::password_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("type");
    QTest::newRow("empty") << u""_s << u"string_too_short"_s;
    QTest::newRow("seven letters") << u"1234567"_s << u"string_too_short"_s;
    QTest::newRow("eight letters") << u"12345678"_s << u""_s;
    QTest::newRow("four letters of two bytes") << u"\u00e4\u00f6\u00fc\u00df"_s << u"string_too_short"_s;
    QTest::newRow("eight letters of two bytes") << QString(8, u'\u00e4') << u""_s;
    QTest::newRow("two emoji of four bytes") << u"\U0001f511\U0001f40e"_s << u"string_too_short"_s;
    QTest::newRow("seven emoji of two units") << u"\U0001f511"_s.repeated(7) << u"string_too_short"_s;
    QTest::newRow("eight emoji") << u"\U0001f511"_s.repeated(8) << u""_s;
    QTest::newRow("three ideographs") << u"\u4e2d\u6587\u5b57"_s << u"string_too_short"_s;
    QTest::newRow("decomposed counts as composed") << u"a\u0308a\u0308a\u0308x"_s << u"string_too_short"_s;
    QTest::newRow("blanks are characters") << u"        "_s << u""_s;
    QTest::newRow("1024 bytes") << QString(1024, u'x') << u""_s;
    QTest::newRow("1025 bytes") << QString(1025, u'x') << u"string_too_long"_s;
    QTest::newRow("1026 bytes in 513 letters") << QString(513, u'\u00e4') << u"string_too_long"_s;
    QTest::newRow("1024 bytes in 512 letters of two pieces") << u"a\u0308"_s.repeated(512) << u""_s;
    QTest::newRow("342 ideographs") << QString(342, u'\u4e2d') << u"string_too_long"_s;
    QTest::newRow("a megabyte") << QString(1'000'000, u'x') << u"string_too_long"_s;
    QTest::newRow("31 marks in a row") << u"a"_s + QString(31, u'\u0301') << u"value_error"_s;
    QTest::newRow("NUL") << u"12345678"_s + QChar(0) << u"value_error"_s;
}

void TestPasswordFaults::password()
{
    QFETCH(QString, value);
    QFETCH(QString, type);
    const auto fault = passwordFault(u"new_password"_s, value, 8);
    QCOMPARE(fault ? fault->type : QString(), type);
    if (!fault)
        return;
    QCOMPARE(fault->location, (QList<QJsonValue> {u"body"_s, u"new_password"_s}));
    if (type == "string_too_short"_L1) {
        QCOMPARE(fault->message, u"String should have at least 8 characters"_s);
        QCOMPARE(fault->context, (QJsonObject {{u"min_length"_s, 8}}));
    } else if (type == "string_too_long"_L1) {
        QCOMPARE(fault->message, u"String should have at most 1024 bytes"_s);
        QCOMPARE(fault->context, (QJsonObject {{u"max_length"_s, 1024}, {u"unit"_s, u"bytes"_s}}));
    }
}

void TestPasswordFaults::passwordFault_neverHoldsThePassword()
{
    for (const QString &value : {u"s3cret"_s, u"s3cret"_s.repeated(300), u"s3cret-s3cret"_s + QChar(0)}) {
        const auto fault = passwordFault(u"password"_s, value, 8);
        QVERIFY(fault);
        QVERIFY(!fault->input);
        QVERIFY(!fault->message.contains(u"s3cret"_s));
        for (const auto &part : fault->context)
            QVERIFY(!part.toString().contains(u"s3cret"_s));
    }
}

/// In whatever pieces it was typed: it is hashed in one.
void TestPasswordFaults::guess_isOfTheComposedForm()
{
    const QStringList words {u"J\u00fcrgensen"_s};
    const QString composed = u"J\u00fcrgensen1"_s;
    const QString decomposed = u"Ju\u0308rgensen1"_s;
    const auto just = qint64(guessesOf(composed, words));
    QVERIFY(guessesOf(composed, words) < guessesOf(decomposed, words));
    for (const qint64 fewest : {just, just + 1}) {
        QCOMPARE(guessableFault(u"password"_s, composed, words, fewest).has_value(), fewest > just);
        QCOMPARE(guessableFault(u"password"_s, decomposed, words, fewest).has_value(), fewest > just);
    }
}

QTEST_GUILESS_MAIN(TestPasswordFaults)
#include "TestPasswordFaults.moc"
