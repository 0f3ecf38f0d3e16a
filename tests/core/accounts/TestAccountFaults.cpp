#include "core/accounts/AccountFaults.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// The shapes FastAPI's users know: type, message and context to the letter.
class TestAccountFaults : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void password_data();
    void password();
    void passwordFault_neverHoldsThePassword();
    void email_saysWhy();
    void email_inputIsCut();
    void name_data();
    void name();
    void roles_data();
    void roles();
};

void TestAccountFaults::password_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("type");
    QTest::newRow("empty") << u""_s << u"string_too_short"_s;
    QTest::newRow("seven bytes") << u"1234567"_s << u"string_too_short"_s;
    QTest::newRow("eight bytes") << u"12345678"_s << u""_s;
    QTest::newRow("four letters of two bytes") << u"\u00e4\u00e4\u00e4\u00e4"_s << u""_s;
    QTest::newRow("decomposed counts as composed") << u"a\u0308a\u0308a\u0308x"_s << u"string_too_short"_s;
    QTest::newRow("blanks are characters") << u"        "_s << u""_s;
    QTest::newRow("1024 bytes") << QString(1024, u'x') << u""_s;
    QTest::newRow("1025 bytes") << QString(1025, u'x') << u"string_too_long"_s;
    QTest::newRow("1026 bytes in 513 letters") << QString(513, u'\u00e4') << u"string_too_long"_s;
    QTest::newRow("NUL") << u"12345678"_s + QChar(0) << u"value_error"_s;
}

void TestAccountFaults::password()
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
        QCOMPARE(fault->message, u"String should have at most 1024 characters"_s);
        QCOMPARE(fault->context, (QJsonObject {{u"max_length"_s, 1024}}));
    }
}

void TestAccountFaults::passwordFault_neverHoldsThePassword()
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

void TestAccountFaults::email_saysWhy()
{
    const auto fault = emailFault(u"email"_s, u"ann@localhost"_s);
    QVERIFY(fault);
    QCOMPARE(fault->type, u"value_error"_s);
    QCOMPARE(fault->location, (QList<QJsonValue> {u"body"_s, u"email"_s}));
    QCOMPARE(fault->message, u"value is not a valid email address: The part after the @-sign is not valid. It should have a period."_s);
    QCOMPARE(fault->context, (QJsonObject {{u"reason"_s, u"The part after the @-sign is not valid. It should have a period."_s}}));
    QCOMPARE(fault->input, QJsonValue(u"ann@localhost"_s));
    QVERIFY(!emailFault(u"email"_s, u"ann@example.com"_s));
}

void TestAccountFaults::email_inputIsCut()
{
    QVERIFY(emailFault(u"email"_s, QString(50'000, u'a'))->input->toString().size() <= 320);
}

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
