#include "core/accounts/AccountFaults.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// The shapes FastAPI's users know: type, message and context to the letter.
class TestAccountFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void email_saysWhy();
    void email_inputIsCut();
    void name_data();
    void name();
    void roles_data();
    void roles();
};

void TestAccountFaults::email_saysWhy()
{
    const auto fault = emailFault(u"email"_s, u"ann@localhost"_s);
    QVERIFY(fault);
    QCOMPARE(fault->type, u"value_error"_s);
    QCOMPARE(fault->location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
    QCOMPARE(fault->message, u"value is not a valid email address: The part after the @-sign is not valid. It should have a period."_s);
    QCOMPARE(fault->context, (QJsonObject {{u"reason"_s, u"The part after the @-sign is not valid. It should have a period."_s},
                                           {u"code"_s, u"email_domain_without_period"_s}}));
    QCOMPARE(fault->input, QJsonValue(u"ann@localhost"_s));
    QVERIFY(!emailFault(u"email"_s, u"ann@example.com"_s));
}

void TestAccountFaults::email_inputIsCut() { QVERIFY(emailFault(u"email"_s, QString(50'000, u'a'))->input->toString().size() <= 320); }

void TestAccountFaults::name_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("type");
    QTest::newRow("empty") << u""_s << u""_s;
    QTest::newRow("ordinary") << u"Ann O\u2019Lee \u4e2d"_s << u""_s;
    QTest::newRow("200") << QString(200, u'x') << u""_s;
    QTest::newRow("201") << QString(201, u'x') << u"string_too_long"_s;
    QTest::newRow("line break") << u"Ann\nLee"_s << u"value_error"_s;
    QTest::newRow("escape") << u"Ann\x1b[31m"_s << u"value_error"_s;
    QTest::newRow("NUL") << u"Ann"_s + QChar(0) << u"value_error"_s;
    QTest::newRow("200 emoji") << u"\U0001f434"_s.repeated(200) << u""_s;
    QTest::newRow("201 emoji") << u"\U0001f434"_s.repeated(201) << u"string_too_long"_s;
    QTest::newRow("200 letters in two pieces") << u"e\u0301"_s.repeated(200) << u""_s;
    QTest::newRow("201 letters in two pieces") << u"e\u0301"_s.repeated(201) << u"string_too_long"_s;
    QTest::newRow("a megabyte of marks") << QString(1'000'000, u'\u0301') << u"string_too_long"_s;
    QTest::newRow("31 marks in a row") << u"a"_s + QString(31, u'\u0301') << u"value_error"_s;
    QTest::newRow("family of joined emoji") << u"\U0001f468\u200d\U0001f469\u200d\U0001f467"_s << u""_s;
    QTest::newRow("Persian with a non-joiner") << u"\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645"_s << u""_s;
    QTest::newRow("nothing that shows is no fault, it is empty") << u"\u200b\u3164\u2800"_s << u""_s;
    for (const char32_t c :
         {U'\u202a', U'\u202b',     U'\u202d',     U'\u202e', U'\u202c', U'\u2066', U'\u2067',     U'\u2068',     U'\u2069', U'\u200e',
          U'\u200f', U'\u061c',     U'\u2028',     U'\u2029', U'\ue000', U'\uf8ff', U'\U000f0000', U'\U0010fffd', U'\ufffe', U'\uffff',
          U'\ufdd0', U'\U0001fffe', U'\U0010ffff', U'\ufeff', U'\ufff9', U'\ufffb', U'\U000e0041', U'\U000e0001', U'\u0085', U'\u007f'}) {
        QTest::addRow("U+%04X in front", unsigned(c)) << QString(QChar::fromUcs4(c)) + u"Ann"_s << u"value_error"_s;
        QTest::addRow("U+%04X alone", unsigned(c)) << QString(QChar::fromUcs4(c)) << u"value_error"_s;
    }
    QTest::newRow("half a surrogate pair") << u"Ann"_s + QChar(0xd800) << u"value_error"_s;
}

void TestAccountFaults::name()
{
    QFETCH(QString, value);
    const auto fault = nameFault(u"name"_s, value);
    QTEST(fault ? fault->type : QString(), "type");
}

void TestAccountFaults::roles_data()
{
    QTest::addColumn<QStringList>("value");
    QTest::addColumn<bool>("good");
    QStringList many;
    for (int i = 0; i < 32; ++i)
        many += QString::number(i);
    QTest::newRow("none") << QStringList() << true;
    QTest::newRow("usual") << QStringList {u"admin"_s, u"billing:read"_s, u"team-7.x_y"_s} << true;
    QTest::newRow("32") << many << true;
    QTest::newRow("33") << many + QStringList {u"x"_s} << false;
    QTest::newRow("empty name") << QStringList {u""_s} << false;
    QTest::newRow("64 letters") << QStringList {QString(64, u'x')} << true;
    QTest::newRow("65 letters") << QStringList {QString(65, u'x')} << false;
    QTest::newRow("space") << QStringList {u"super admin"_s} << false;
    QTest::newRow("look-alike letter") << QStringList {u"\u0430dmin"_s} << false;
}

void TestAccountFaults::roles()
{
    QFETCH(QStringList, value);
    QTEST(!rolesFault(u"roles"_s, value).has_value(), "good");
}

QTEST_GUILESS_MAIN(TestAccountFaults)
#include "TestAccountFaults.moc"
