#include "core/accounts/EmailAddress.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestEmailAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void refusesEveryControlCharacter();
};

void TestEmailAddress::accepts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"ann@example.com"_s << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("capitals are kept and do not matter") << u"Ann.Lee@Example.COM"_s << u"Ann.Lee@Example.COM"_s << u"ann.lee@example.com"_s;
    QTest::newRow("spaces around") << u" \t ann@example.com \n"_s << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("plus tag is another address") << u"ann+tag@example.com"_s << u"ann+tag@example.com"_s << u"ann+tag@example.com"_s;
    QTest::newRow("every atom character") << u"!#$%&'*+-/=?^_`{|}~@example.com"_s << u"!#$%&'*+-/=?^_`{|}~@example.com"_s << u"!#$%&'*+-/=?^_`{|}~@example.com"_s;
    QTest::newRow("composed and decomposed are one") << u"Jose\u0301@example.com"_s << u"Jos\u00e9@example.com"_s << u"jos\u00e9@example.com"_s;
    QTest::newRow("capital umlaut") << u"\u00c4NN@example.com"_s << u"\u00c4NN@example.com"_s << u"\u00e4nn@example.com"_s;
    QTest::newRow("letters beyond the first plane") << u"\U00010400@example.com"_s << u"\U00010400@example.com"_s << u"\U00010428@example.com"_s;
    QTest::newRow("domain of umlauts in its ASCII form") << u"ann@B\u00fccher.example"_s << u"ann@B\u00fccher.example"_s << u"ann@xn--bcher-kva.example"_s;
    QTest::newRow("the ASCII form itself") << u"ann@xn--bcher-kva.example"_s << u"ann@xn--bcher-kva.example"_s << u"ann@xn--bcher-kva.example"_s;
    QTest::newRow("deep domain with digits") << u"ann@a1.b-2.co.uk"_s << u"ann@a1.b-2.co.uk"_s << u"ann@a1.b-2.co.uk"_s;
    const QString local(64, u'a');
    QTest::newRow("local part of 64") << local + u"@example.com"_s << local + u"@example.com"_s << local + u"@example.com"_s;
    const QString longest = local + u'@' + QString(63, u'b') + u'.' + QString(63, u'c') + u'.' + QString(57, u'd') + u".com"_s;
    QCOMPARE(longest.size(), 254);
    QTest::newRow("254 in all") << longest << longest << longest;
}

void TestEmailAddress::accepts()
{
    QFETCH(QString, typed);
    const auto parsed = EmailAddress::parse(typed);
    QVERIFY2(parsed, parsed ? "" : qPrintable(parsed.error()));
    QTEST(parsed->text, "text");
    QTEST(parsed->key, "key");
}

void TestEmailAddress::refuses_data()
{
    QTest::addColumn<QString>("typed");
    QTest::newRow("empty") << u""_s;
    QTest::newRow("blank") << u"   "_s;
    QTest::newRow("no @") << u"ann.example.com"_s;
    QTest::newRow("two @") << u"ann@b@example.com"_s;
    QTest::newRow("nothing before") << u"@example.com"_s;
    QTest::newRow("nothing after") << u"ann@"_s;
    QTest::newRow("one label") << u"ann@localhost"_s;
    QTest::newRow("trailing dot") << u"ann@example.com."_s;
    QTest::newRow("leading dot") << u"ann@.example.com"_s;
    QTest::newRow("two dots") << u"ann@example..com"_s;
    QTest::newRow("label begins with a hyphen") << u"ann@-example.com"_s;
    QTest::newRow("label ends with a hyphen") << u"ann@example-.com"_s;
    QTest::newRow("underscore in the domain") << u"ann@exa_mple.com"_s;
    QTest::newRow("IPv4") << u"ann@192.0.2.1"_s;
    QTest::newRow("IPv4 literal") << u"ann@[192.0.2.1]"_s;
    QTest::newRow("port") << u"ann@example.com:25"_s;
    QTest::newRow("path") << u"ann@example.com/x"_s;
    QTest::newRow("display name") << u"Ann <ann@example.com>"_s;
    QTest::newRow("quoted local part") << u"\"a b\"@example.com"_s;
    QTest::newRow("space inside") << u"a nn@example.com"_s;
    QTest::newRow("comma") << u"ann,bob@example.com"_s;
    QTest::newRow("local begins with a dot") << u".ann@example.com"_s;
    QTest::newRow("local ends with a dot") << u"ann.@example.com"_s;
    QTest::newRow("local has two dots") << u"a..nn@example.com"_s;
    QTest::newRow("local part of 65") << QString(65, u'a') + u"@example.com"_s;
    QTest::newRow("label of 64") << u"ann@"_s + QString(64, u'b') + u".com"_s;
    QTest::newRow("255 in all") << QString(64, u'a') + u'@' + QString(63, u'b') + u'.' + QString(63, u'c') + u'.' + QString(58, u'd') + u".com"_s;
    QTest::newRow("a megabyte") << QString(1'000'000, u'a') + u"@example.com"_s;
    QTest::newRow("NUL") << u"ann"_s + QChar(0) + u"@example.com"_s;
    QTest::newRow("NUL in the domain") << u"ann@exam"_s + QChar(0) + u"ple.com"_s;
    QTest::newRow("line break for a mail header") << u"ann@example.com\r\nBcc: all@example.com"_s;
    QTest::newRow("right-to-left override") << u"ann\u202eb@example.com"_s;
    QTest::newRow("zero width space") << u"a\u200bnn@example.com"_s;
    QTest::newRow("begins with a combining mark") << u"\u0301ann@example.com"_s;
    QTest::newRow("invisible tag beyond the first plane") << u"ann\U000E0041@example.com"_s;
    QTest::newRow("lone surrogate") << u"ann"_s + QChar(0xd800) + u"@example.com"_s;
    QTest::newRow("broken punycode") << u"ann@xn--\u00e9.com"_s;
}

void TestEmailAddress::refuses()
{
    QFETCH(QString, typed);
    const auto parsed = EmailAddress::parse(typed);
    QVERIFY2(!parsed, parsed ? qPrintable(parsed->key) : "");
    QVERIFY(!parsed.error().isEmpty());
}

void TestEmailAddress::refusesEveryControlCharacter()
{
    for (char16_t c = 0; c < 0xa0; c = c == 0x1f ? 0x7f : c + 1) {
        QVERIFY2(!EmailAddress::parse(u"an"_s + QChar(c) + u"n@example.com"_s), qPrintable(QString::number(c)));
        QVERIFY2(!EmailAddress::parse(u"ann@exam"_s + QChar(c) + u"ple.com"_s), qPrintable(QString::number(c)));
    }
}

QTEST_GUILESS_MAIN(TestEmailAddress)
#include "TestEmailAddress.moc"
