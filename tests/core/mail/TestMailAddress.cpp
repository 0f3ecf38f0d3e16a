#include "core/config/Settings.h"
#include "core/mail/MailAddress.h"
#include "core/mail/MailLanguages.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace warder;

/// What may stand in a command of SMTP, whose mails are counted together, and in which language somebody reads.
class TestMailAddress : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void wire_isOneAddress_data();
    void wire_isOneAddress();
    void key_isOneForAllSpellings_data();
    void key_isOneForAllSpellings();
    void hugeOnes_costLittle();
    void nearest_isFound_data();
    void nearest_isFound();
    void asked_isWhatTheyLikeBest_data();
    void asked_isWhatTheyLikeBest();
    void setting_knowsAllLanguages();
};

void TestMailAddress::wire_isOneAddress_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<QByteArray>("wire"); // empty: none
    const auto row = [](const QString &address, const QByteArray &wire) {
        QTest::newRow(qPrintable(address.toHtmlEscaped())) << address << wire;
    };
    row(u"ann@example.com"_s, "ann@example.com");
    row(u"Ann.O'Neil+x@Example.COM"_s, "Ann.O'Neil+x@example.com");
    row(u"ann@localhost"_s, "ann@localhost");
    row(u"ann@bücher.example"_s, "ann@xn--bcher-kva.example");
    row(u"zoë@example.org"_s, "zoë@example.org");
    row(u"用户@例子.example"_s, "用户@xn--fsqu00a.example");
    const QStringList evil {u"a@b.example>\r\nRCPT TO:<x@y.example"_s,
                            u"a@b.example\r\nBcc: x@y.example"_s,
                            u"a\r\nDATA@b.example"_s,
                            u"a b@example.com"_s,
                            u"<a@example.com>"_s,
                            u"a@example.com, b@example.com"_s,
                            u"a,b@example.com"_s,
                            u"a@b@example.com"_s,
                            u"\"a b\"@example.com"_s,
                            u"a\u2028b@example.com"_s,
                            u"a\u202eb@example.com"_s,
                            u"a\0b@example.com"_s,
                            u"a@exam ple.com"_s,
                            u"a@[127.0.0.1]"_s,
                            u"a@"_s,
                            u"@example.com"_s,
                            u"example.com"_s,
                            u"a@.example"_s,
                            u"a@example."_s,
                            u"a@b..example"_s,
                            QString(),
                            QString(65, u'a') + u"@example.com"_s,
                            u"a@"_s + QString(60, u'b') + (u'.' + QString(60, u'b')).repeated(4)};
    for (qsizetype i = 0; i < evil.size(); ++i)
        QTest::newRow(qPrintable(u"none %1"_s.arg(i))) << evil[i] << QByteArray();
}

void TestMailAddress::wire_isOneAddress()
{
    QFETCH(const QString, address);
    QFETCH(const QByteArray, wire);
    const auto found = mail_address::toWire(address);
    QCOMPARE(found.value_or(QByteArray()), wire);
    QCOMPARE(found.has_value(), !wire.isEmpty());
}

void TestMailAddress::key_isOneForAllSpellings_data()
{
    QTest::addColumn<QString>("one");
    QTest::addColumn<QString>("other");
    QTest::addColumn<bool>("same");
    QTest::newRow("capitals") << u"Ann@Example.com"_s << u"ann@example.COM"_s << true;
    QTest::newRow("forms of a domain") << u"ann@Bücher.example"_s << u"ann@xn--bcher-kva.example"_s << true;
    QTest::newRow("other people") << u"ann@example.com"_s << u"anna@example.com"_s << false;
    QTest::newRow("no address, capitals") << u"Nobody"_s << u"nobody"_s << true;
}

void TestMailAddress::key_isOneForAllSpellings()
{
    QFETCH(const QString, one);
    QFETCH(const QString, other);
    QTEST(mail_address::keyOf(one) == mail_address::keyOf(other), "same");
}

void TestMailAddress::hugeOnes_costLittle()
{
    const QString huge = QString(1'000'000, u'ß') + u'@' + QString(1'000'000, u'ß');
    QVERIFY(!mail_address::toWire(huge));
    QVERIFY(mail_address::keyOf(huge).size() <= 300);
    QCOMPARE(mail_languages::nearest(huge), QString());
    QCOMPARE(mail_languages::asked(QByteArray(1'000'000, ',')), QString());
}

void TestMailAddress::nearest_isFound_data()
{
    QTest::addColumn<QString>("tag");
    QTest::addColumn<QString>("language");
    const auto row = [](const QString &tag, const QString &language) { QTest::newRow(qPrintable(tag + u'.')) << tag << language; };
    row(u"de"_s, u"de"_s);
    row(u"DE-at"_s, u"de"_s);
    row(u"pt"_s, u"pt-BR"_s);
    row(u"pt_PT"_s, u"pt-BR"_s);
    row(u"zh-Hant-TW"_s, u"zh-CN"_s);
    row(u"ja-JP"_s, u"ja"_s);
    row(u"eng"_s, QString());
    row(u"it"_s, QString());
    row(u"*"_s, QString());
    row(QString(), QString());
}

void TestMailAddress::nearest_isFound()
{
    QFETCH(const QString, tag);
    QTEST(mail_languages::nearest(tag), "language");
}

void TestMailAddress::asked_isWhatTheyLikeBest_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<QString>("language");
    QTest::newRow("one") << "de"_ba << u"de"_s;
    QTest::newRow("as browsers send it") << "de-AT,de;q=0.9,en;q=0.8"_ba << u"de"_s;
    QTest::newRow("by weight, not by order") << "en;q=0.3, fr;q=0.7"_ba << u"fr"_s;
    QTest::newRow("the first is none of ours") << "it, es;q=0.5"_ba << u"es"_s;
    QTest::newRow("not wanted") << "de;q=0"_ba << QString();
    QTest::newRow("none of ours") << "it,sv;q=0.5"_ba << QString();
    QTest::newRow("anything") << "*"_ba << QString();
    QTest::newRow("nonsense") << ";;,q=,de;q=x,\xff"_ba << QString();
    QTest::newRow("nothing") << QByteArray() << QString();
}

void TestMailAddress::asked_isWhatTheyLikeBest()
{
    QFETCH(const QByteArray, header);
    QTEST(mail_languages::asked(header), "language");
}

void TestMailAddress::setting_knowsAllLanguages()
{
    for (const QString &language : mail_languages::all()) {
        const auto settings = Settings::load(readCommandLine({u"mail.language="_s + language}));
        QVERIFY2(settings, qPrintable(language));
        QCOMPARE(settings->get<"mail.language">(), language);
    }
}

QTEST_GUILESS_MAIN(TestMailAddress)
#include "TestMailAddress.moc"
