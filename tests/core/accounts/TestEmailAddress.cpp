#include "core/accounts/EmailAddress.h"
#include "core/crypto/CryptoLibraries.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

class TestEmailAddress : public QObject
{
    Q_OBJECT
    const CryptoLibraries m_libraries;

private Q_SLOTS:
    void accepts_data();
    void accepts();
    void refuses_data();
    void refuses();
    void twins_areDecided_data();
    void twins_areDecided();
    void refusesEveryControlCharacter();
    void refusesEveryInvisibleCharacter();
    void refusal_saysWhy_data();
    void refusal_saysWhy();
    void refusal_isOneSentence_withOnePeriod();
    void keysOf_findsAccountsOfEarlierVersions_data();
    void keysOf_findsAccountsOfEarlierVersions();
    void keysOf_isOne_forOrdinaryAddresses();
    void countedName_isOne_forAllSpellings_data();
    void countedName_isOne_forAllSpellings();
    void countedName_isBounded();
};

void TestEmailAddress::accepts_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("key");
    QTest::newRow("plain") << u"ann@example.com"_s << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("capitals are kept and do not matter")
        << u"Ann.Lee@Example.COM"_s << u"Ann.Lee@Example.COM"_s << u"ann.lee@example.com"_s;
    QTest::newRow("spaces around") << u" \t ann@example.com \n"_s << u"ann@example.com"_s << u"ann@example.com"_s;
    QTest::newRow("plus tag is another address") << u"ann+tag@example.com"_s << u"ann+tag@example.com"_s << u"ann+tag@example.com"_s;
    QTest::newRow("every atom character") << u"!#$%&'*+-/=?^_`{|}~@example.com"_s << u"!#$%&'*+-/=?^_`{|}~@example.com"_s
                                          << u"!#$%&'*+-/=?^_`{|}~@example.com"_s;
    QTest::newRow("composed and decomposed are one")
        << u"Jose\u0301@example.com"_s << u"Jos\u00e9@example.com"_s << u"jos\u00e9@example.com"_s;
    QTest::newRow("capital umlaut") << u"\u00c4NN@example.com"_s << u"\u00c4NN@example.com"_s << u"\u00e4nn@example.com"_s;
    QTest::newRow("letters beyond the first plane")
        << u"\U00010400@example.com"_s << u"\U00010400@example.com"_s << u"\U00010428@example.com"_s;
    QTest::newRow("domain of umlauts in its ASCII form")
        << u"ann@B\u00fccher.example"_s << u"ann@b\u00fccher.example"_s << u"ann@xn--bcher-kva.example"_s;
    QTest::newRow("the ASCII form itself") << u"ann@xn--bcher-kva.example"_s << u"ann@b\u00fccher.example"_s
                                           << u"ann@xn--bcher-kva.example"_s;
    const auto plain = [](const char *title, const QString &domain) {
        QTest::newRow(title) << u"x@"_s + domain << u"x@example.org"_s << u"x@example.org"_s;
    };
    plain("zero width space in the domain", u"exam\u200bple.org"_s);
    plain("word joiner in the domain", u"exam\u2060ple.org"_s);
    plain("byte order mark in the domain", u"exam\ufeffple.org"_s);
    plain("soft hyphen in the domain", u"exam\u00adple.org"_s);
    plain("variation selector in the domain", u"exam\ufe0fple.org"_s);
    plain("wide letters in the domain", u"\uff45\uff58\uff41\uff4d\uff50\uff4c\uff45.org"_s);
    plain("mathematical letters in the domain", u"\U0001d41e\U0001d431ample.org"_s);
    plain("ideographic full stop", u"example\u3002org"_s);
    plain("wide full stop", u"example\uff0eorg"_s);
    QTest::newRow("sharp s is a letter of its own in a domain") << u"x@fa\u00df.de"_s << u"x@fa\u00df.de"_s << u"x@xn--fa-hia.de"_s;
    QTest::newRow("two hyphens inside a host's name")
        << u"x@r3--sn.example.org"_s << u"x@r3--sn.example.org"_s << u"x@r3--sn.example.org"_s;
    QTest::newRow("Arabic domain") << u"x@\u0645\u062b\u0627\u0644.\u0625\u062e\u062a\u0628\u0627\u0631"_s
                                   << u"x@\u0645\u062b\u0627\u0644.\u0625\u062e\u062a\u0628\u0627\u0631"_s
                                   << u"x@xn--mgbh0fb.xn--kgbechtv"_s;
    QTest::newRow("capital sigmas") << u"\u03a3\u0391\u03a3@example.com"_s << u"\u03a3\u0391\u03a3@example.com"_s
                                    << u"\u03c3\u03b1\u03c3@example.com"_s;
    QTest::newRow("final sigma") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s
                                 << u"\u03c3\u03b1\u03c3@example.com"_s;
    QTest::newRow("sharp s is no double s") << u"stra\u00dfe@example.com"_s << u"stra\u00dfe@example.com"_s << u"stra\u00dfe@example.com"_s;
    QTest::newRow("Thai vowel am") << u"\u0e19\u0e49\u0e33@example.com"_s << u"\u0e19\u0e49\u0e33@example.com"_s
                                   << u"\u0e19\u0e49\u0e33@example.com"_s;
    QTest::newRow("Hangul in pieces") << u"\u1112\u1161\u11ab@example.com"_s << u"\ud55c@example.com"_s << u"\ud55c@example.com"_s;
    const QString umlauts(32, u'\u00fc');
    QTest::newRow("64 octets before the @") << umlauts + u"@example.com"_s << umlauts + u"@example.com"_s << umlauts + u"@example.com"_s;
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
    QVERIFY2(parsed, parsed ? "" : qPrintable(textOf(parsed.error())));
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
    QTest::newRow("255 in all") << QString(64, u'a') + u'@' + QString(63, u'b') + u'.' + QString(63, u'c') + u'.' + QString(58, u'd')
                                       + u".com"_s;
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
    QTest::newRow("65 octets before the @") << QString(32, u'\u00fc') + u"u@example.com"_s;
    QTest::newRow("64 letters of three octets") << QString(64, u'\u4e2d') + u"@example.com"_s;
    QTest::newRow("xn-- that is no name") << u"ann@xn--zzzzzzzz.com"_s;
    QTest::newRow("xn-- of a control character") << u"ann@xn--a.com"_s;
    QTest::newRow("xn-- and nothing") << u"ann@xn--.com"_s;
    QTest::newRow("xn-- of plain letters") << u"ann@xn--abc-.com"_s;
    QTest::newRow("xn-- in capitals that is no name") << u"ann@XN--ZZZZZZZZ.com"_s;
    QTest::newRow("directions mixed in one name") << u"x@a\u05d0b.org"_s;
    QTest::newRow("mark at the start of a name") << u"x@\u0301example.org"_s;
    QTest::newRow("joiner out of place in the domain") << u"x@exam\u200dple.org"_s;
    QTest::newRow("wide @") << u"ann\uff20example.com"_s;
    QTest::newRow("wide @ in the domain") << u"ann@exam\uff20ple.com"_s;
    QTest::newRow("wide letter") << u"\uff41nn@example.com"_s;
    QTest::newRow("mathematical letter") << u"\U0001d41ann@example.com"_s;
    QTest::newRow("ligature") << u"\ufb01nn@example.com"_s;
    QTest::newRow("long s") << u"anne\u017f@example.com"_s;
    QTest::newRow("superscript") << u"ann\u00b2@example.com"_s;
    QTest::newRow("circled letter") << u"\u24d0nn@example.com"_s;
    QTest::newRow("Roman numeral") << u"ann\u2163@example.com"_s;
    QTest::newRow("micro sign") << u"\u00b5@example.com"_s;
    QTest::newRow("half wide katakana") << u"\uff71@example.com"_s;
    QTest::newRow("Arabic presentation form") << u"\ufe8d@example.com"_s;
    QTest::newRow("Thai vowel am in two pieces") << u"\u0e19\u0e49\u0e4d\u0e32@example.com"_s;
    QTest::newRow("31 marks in a row") << u"a"_s + QString(31, u'\u0301') + u"@example.com"_s;
    QTest::newRow("byte order mark in front") << u"\ufeffann@example.com"_s;
    QTest::newRow("noncharacter in front") << u"\ufffeann@example.com"_s;
    QTest::newRow("private use") << u"ann\ue000@example.com"_s;
}

void TestEmailAddress::refuses()
{
    QFETCH(QString, typed);
    const auto parsed = EmailAddress::parse(typed);
    QVERIFY2(!parsed, parsed ? qPrintable(parsed->key) : "");
}

/// What docs/accounts.md decides, pair by pair.
void TestEmailAddress::twins_areDecided_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<QString>("verdict");
    const auto row = [](const char *name, const QString &one, const QString &other, const QString &verdict) {
        QTest::newRow(name) << one << other << verdict;
    };
    const QString same = u"same"_s;
    const QString different = u"different"_s;
    const QString refused = u"the other is refused"_s;
    row("capitals", u"ann"_s, u"ANN"_s, same);
    row("final sigma at the end", u"νικοσ"_s, u"νικος"_s, same);
    row("final sigma inside", u"ασα"_s, u"αςα"_s, same);
    row("capital sigma and a final one inside", u"ΑΣΑ"_s, u"αςα"_s, same);
    row("capital sharp s", u"straße"_s, u"STRAẞE"_s, same);
    row("sharp s and ss", u"strasse"_s, u"straße"_s, different);
    row("capital sharp s and SS", u"STRASSE"_s, u"STRAẞE"_s, different);
    row("dotless i", u"i"_s, u"ı"_s, different);
    row("capital I is not the dotless one's", u"I"_s, u"ı"_s, different);
    row("capital I with a dot", u"i"_s, u"İ"_s, different);
    row("dotless j", u"j"_s, u"\u0237"_s, different);
    row("Kelvin sign", u"k"_s, u"\u212a"_s, same);
    row("Angstrom sign", u"å"_s, u"\u212b"_s, same);
    row("Ohm sign", u"ω"_s, u"\u2126"_s, same);
    row("micro sign", u"μ"_s, u"\u00b5"_s, refused);
    row("wide letter", u"a"_s, u"ａ"_s, refused);
    row("ligature", u"fin"_s, u"\ufb01n"_s, refused);
    row("letter with an apostrophe", u"ʼn"_s, u"\u0149"_s, refused);
    row("digraph", u"dž"_s, u"\u01c6"_s, refused);
    row("long s", u"s"_s, u"\u017f"_s, refused);
    row("accent in pieces", u"\u00e9"_s, u"e\u0301"_s, same);
    row("two accents in another order", u"a\u0323\u0307"_s, u"a\u0307\u0323"_s, same);
    row("two accents of one place", u"a\u0301\u0300"_s, u"a\u0300\u0301"_s, different);
    row("joiner", u"ab"_s, u"a\u200db"_s, refused);
    row("non-joiner", u"ab"_s, u"a\u200cb"_s, refused);
    row("soft hyphen", u"ab"_s, u"a\u00adb"_s, refused);
    row("Hangul in jamo", u"\uac01"_s, u"\u1100\u1161\u11a8"_s, same);
    row("Hangul compatibility jamo", u"\u1100"_s, u"\u3131"_s, refused);
    row("Arabic tatweel", u"محمد"_s, u"محـمد"_s, different);
    row("Arabic and Persian yeh", u"علي"_s, u"علی"_s, different);
    row("Arabic digit", u"a1"_s, u"a١"_s, different);
    row("Cyrillic a", u"anna"_s, u"\u0430nna"_s, different);
    row("Cyrillic capital", u"анна"_s, u"АННА"_s, same);
    row("Greek omicron", u"o"_s, u"ο"_s, different);
    row("Georgian capitals", u"ანა"_s, u"\u1c90\u1c9c\u1c90"_s, same);
    row("Cherokee small letter", u"\u13a0"_s, u"\uab70"_s, same);
    row("Deseret capital", u"\U00010428"_s, u"\U00010400"_s, same);
}

void TestEmailAddress::twins_areDecided()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    const QString domain = u"@example.com"_s;
    const auto first = EmailAddress::parse(one + domain);
    const auto second = EmailAddress::parse(other + domain);
    QVERIFY2(first, first ? "" : qPrintable(textOf(first.error())));
    const QString found = !second ? u"the other is refused"_s : first->key == second->key ? u"same"_s : u"different"_s;
    QTEST(found, "verdict");
    QVERIFY(!second || EmailAddress::keysOf(other + domain).contains(second->key)); // whoever signs up so is found again
    QVERIFY(!second || (EmailAddress::countedName(one + domain) == EmailAddress::countedName(other + domain)) == (found == u"same"_s));
}

void TestEmailAddress::refusesEveryControlCharacter()
{
    for (char16_t c = 0; c < 0xa0; c = c == 0x1f ? 0x7f : c + 1) {
        QVERIFY2(!EmailAddress::parse(u"an"_s + QChar(c) + u"n@example.com"_s), qPrintable(QString::number(c)));
        QVERIFY2(!EmailAddress::parse(u"ann@exam"_s + QChar(c) + u"ple.com"_s), qPrintable(QString::number(c)));
    }
}

void TestEmailAddress::refusesEveryInvisibleCharacter()
{
    for (const char32_t c : {U'\u034f', U'\u115f',     U'\u1160',     U'\u17b4',     U'\u17b5',     U'\u180b', U'\u180e',
                             U'\u180f', U'\u200c',     U'\u200d',     U'\u2061',     U'\u3164',     U'\ufe00', U'\ufe0f',
                             U'\uffa0', U'\U000e0100', U'\U000e01ef', U'\U0001d173', U'\U000e0041', U'\u00ad', U'\u061c'})
        QVERIFY2(!EmailAddress::parse(u"a"_s + QString(QChar::fromUcs4(c)) + u"nn@example.com"_s), qPrintable(QString::number(c, 16)));
}

void TestEmailAddress::refusal_saysWhy_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("why");
    const QString behind = u"The part after the @-sign "_s;
    QTest::newRow("no @") << u"ann"_s << u"An email address must have an @-sign."_s;
    QTest::newRow("two @") << u"a@b@c.org"_s << u"An email address must have only one @-sign."_s;
    QTest::newRow("nothing behind") << u"ann@"_s << u"There must be something after the @-sign."_s;
    QTest::newRow("no period") << u"ann@localhost"_s << behind + u"is not valid. It should have a period."_s;
    QTest::newRow("hyphen in front") << u"x@-example.org"_s << behind + u"has a hyphen at the start or end of a name."_s;
    QTest::newRow("hyphen in front of umlauts") << u"x@-b\u00fccher.org"_s << behind + u"has a hyphen at the start or end of a name."_s;
    QTest::newRow("hyphen at the end") << u"x@example-.org"_s << behind + u"has a hyphen at the start or end of a name."_s;
    QTest::newRow("joiner") << u"x@exam\u200cple.org"_s << behind + u"contains invalid characters."_s;
    QTest::newRow("underscore") << u"x@exa_mple.org"_s << behind + u"contains invalid characters."_s;
    QTest::newRow("xn-- and nothing") << u"x@xn--.com"_s << behind + u"has a name with xn-- that stands for nothing."_s;
    QTest::newRow("xn-- nonsense") << u"x@xn--zzzzzzzz.com"_s << behind + u"has a name with xn-- that stands for nothing."_s;
    QTest::newRow("period at the end") << u"x@example.org."_s << behind + u"has a period too many."_s;
    QTest::newRow("two periods") << u"x@b\u00fccher..org"_s << behind + u"has a period too many."_s;
    QTest::newRow("long label") << u"x@"_s + QString(64, u'b') + u".org"_s
                                << behind + u"has a name of more than 63 characters between its periods."_s;
    QTest::newRow("number at the end") << u"x@192.0.2.1"_s << behind + u"ends with a number instead of a name."_s;
    QTest::newRow("look-alike")
        << u"\uff41nn@example.org"_s
        << u"The email address has characters before the @-sign that only look like other ones. Type the plain ones."_s;
    QTest::newRow("invisible letter") << u"a\u034fnn@example.org"_s
                                      << u"The email address contains invalid characters before the @-sign."_s;
    QTest::newRow("65 octets") << QString(33, u'\u00fc') + u"@example.org"_s << u"The email address is too long before the @-sign."_s;
}

void TestEmailAddress::refusal_saysWhy()
{
    QFETCH(QString, typed);
    const auto parsed = EmailAddress::parse(typed);
    QVERIFY(!parsed);
    QTEST(textOf(parsed.error()), "why");
}

void TestEmailAddress::refusal_isOneSentence_withOnePeriod()
{
    for (const char *typed :
         {"", "ann", "a@b@c.org", "@x.org", "ann@", "ann@localhost", "ann@-x.org", "ann@xn--.com", "ann@1.2", ".a@x.org"}) {
        const auto parsed = EmailAddress::parse(QString::fromLatin1(typed));
        QVERIFY(!parsed);
        const QString why = textOf(parsed.error());
        QVERIFY2(why.endsWith(u'.') && !why.endsWith(u".."_s), qPrintable(why));
    }
}

void TestEmailAddress::keysOf_findsAccountsOfEarlierVersions_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("stored");
    QTest::newRow("wide letter") << u"\uff21nn@example.com"_s << u"\uff41nn@example.com"_s;
    QTest::newRow("invisible letter") << u"a\u034fnn@example.com"_s << u"a\u034fnn@example.com"_s;
    QTest::newRow("ligature") << u"\ufb01nn@example.com"_s << u"\ufb01nn@example.com"_s;
    QTest::newRow("final sigma, typed so") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("final sigma, typed in capitals") << u"\u03a3\u0391\u03a3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("final sigmas inside, typed in capitals")
        << u"\u03a3\u0391\u03a3.\u0391\u03a3@example.com"_s << u"\u03c3\u03b1\u03c2.\u03b1\u03c2@example.com"_s;
    QTest::newRow("capitals, typed with a final sigma") << u"\u03c3\u03b1\u03c2@example.com"_s << u"\u03c3\u03b1\u03c3@example.com"_s;
    QTest::newRow("xn-- nonsense") << u"ann@xn--zzzzzzzz.com"_s << u"ann@xn--zzzzzzzz.com"_s;
    QTest::newRow("invisible letter in the domain") << u"x@exam\u200bple.org"_s << u"x@example.org"_s;
    QTest::newRow("192 octets before the @") << QString(64, u'\u4e2d') + u"@example.org"_s << QString(64, u'\u4e2d') + u"@example.org"_s;
}

void TestEmailAddress::keysOf_findsAccountsOfEarlierVersions()
{
    QFETCH(QString, typed);
    QFETCH(QString, stored);
    QVERIFY2(EmailAddress::keysOf(typed).contains(stored), qPrintable(EmailAddress::keysOf(typed).join(u' ')));
}

void TestEmailAddress::keysOf_isOne_forOrdinaryAddresses()
{
    for (const QString &typed : {u"Ann.Lee@Example.COM"_s, u"\u00c4nn@b\u00fccher.example"_s,
                                 u"\u0430\u043d\u043d\u0430@\u043f\u043e\u0447\u0442\u0430.\u0440\u0444"_s})
        QCOMPARE(EmailAddress::keysOf(typed), QStringList {EmailAddress::parse(typed)->key});
    QVERIFY(EmailAddress::keysOf(u"ann").isEmpty());
    QVERIFY(EmailAddress::keysOf(QString(100'000, u'a') + u"@example.com"_s).isEmpty());
}

void TestEmailAddress::countedName_isOne_forAllSpellings_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::newRow("capitals and blanks") << u"ann@example.com"_s << u" ANN@Example.com "_s;
    QTest::newRow("sigmas") << u"\u03a3\u0391\u03a3@example.com"_s << u"\u03c3\u03b1\u03c2@example.com"_s;
    QTest::newRow("invisible letter in the domain") << u"x@exam\u200bple.org"_s << u"x@example.org"_s;
    QTest::newRow("no address") << u"Ann"_s << u"ann "_s;
    QTest::newRow("much too long") << QString(50'000, u'\u0301') << QString(50'000, u'\u0301') + u" "_s;
}

void TestEmailAddress::countedName_isOne_forAllSpellings()
{
    QFETCH(QString, one);
    QFETCH(QString, other);
    QCOMPARE(EmailAddress::countedName(one), EmailAddress::countedName(other));
}

void TestEmailAddress::countedName_isBounded()
{
    QVERIFY(EmailAddress::countedName(QString(50'000, u'x')).size() <= 254);
    QVERIFY(EmailAddress::countedName(QString(50'000, u'x')) != EmailAddress::countedName(QString(50'001, u'x')));
    QVERIFY(EmailAddress::countedName(u"a@"_s + QString(253, u'b')).size() <= 500);
}

QTEST_GUILESS_MAIN(TestEmailAddress)
#include "TestEmailAddress.moc"
